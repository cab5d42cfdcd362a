{{- define "injector.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: injector
app.kubernetes.io/part-of: token-broker
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "injector.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "injector.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* For cluster-wide objects: two releases must not meet. */}}
{{- define "injector.clusterName" -}}
{{ printf "%s-%s" .Release.Namespace .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* An image's reference; the digest wins over the tag. Call with (list image appVersion). */}}
{{- define "injector.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default (index . 1) }}
{{- end -}}
{{- end }}

{{/* Which pods the API server asks about at all. */}}
{{- define "injector.objectSelector" -}}
matchLabels:
  token-broker.dev/inject: "true"
{{- end }}

{{- define "injector.namespaceSelector" -}}
{{- $excluded := .Values.excludedNamespaces }}
{{- if eq .Values.mode "webhook" }}{{ $excluded = append $excluded .Release.Namespace | uniq }}{{ end }}
{{- with $excluded -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values: {{- toYaml . | nindent 6 }}
{{- else -}}
{}
{{- end }}
{{- end }}
