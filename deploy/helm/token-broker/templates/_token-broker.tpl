{{/*
The pieces of a pod with token-broker. Call each with your chart's context:

  metadata:
    labels: {{- include "token-broker.labels" . | nindent 8 }}
    annotations: {{- include "token-broker.annotations" . | nindent 8 }}
  spec:
    initContainers: {{- include "token-broker.initContainers" . | nindent 8 }}
    containers:
      - name: app
        env: {{- include "token-broker.env" . | nindent 12 }}
    volumes: {{- include "token-broker.volumes" . | nindent 8 }}
*/}}

{{- define "token-broker.labels" -}}
azure.workload.identity/use: "true"
{{- end }}

{{- define "token-broker.annotations" -}}
{{- $names := ternary .Values.tokenBroker.containers list (eq .Values.tokenBroker.mode "strict") -}}
{{- if .Values.tokenBroker.redirect }}{{ $names = append $names "token-broker-redirect" }}{{ end -}}
{{- with $names -}}
azure.workload.identity/skip-containers: {{ join ";" . | quote }}
{{ end -}}
token-broker.dev/status: injected
{{- end }}

{{- define "token-broker.env" -}}
{{- $env := .Values.tokenBroker.env -}}
{{- $broker := printf "http://127.0.0.1:%v" .Values.tokenBroker.port -}}
{{- if eq $env "none" -}}
[]
{{- else -}}
{{- if ne $env "msi" -}}
- name: IDENTITY_ENDPOINT
  value: {{ $broker }}/msi/token
- name: IDENTITY_HEADER
  {{- include "token-broker.identityHeader" . | nindent 2 }}
{{ end -}}
- name: AZURE_POD_IDENTITY_AUTHORITY_HOST
  value: {{ $broker }}
{{- if has $env (list "msi" "all") }}
- name: MSI_ENDPOINT
  value: {{ $broker }}/msi/token
- name: MSI_SECRET
  {{- include "token-broker.identityHeader" . | nindent 2 }}
{{- end }}
- name: NO_PROXY
  value: 127.0.0.1,localhost,169.254.169.254
- name: no_proxy
  value: 127.0.0.1,localhost,169.254.169.254
{{- end }}
{{- end }}

{{/* What callers must show: the Secret's value, or anything at all. */}}
{{- define "token-broker.identityHeader" -}}
{{- with .Values.tokenBroker.identityHeaderSecret -}}
valueFrom:
  secretKeyRef:
    name: {{ . }}
    key: identity-header
{{- else -}}
value: token-broker
{{- end }}
{{- end }}

{{- define "token-broker.initContainers" -}}
{{ include "token-broker.sidecar" . }}
{{- if .Values.tokenBroker.redirect }}
{{ include "token-broker.redirect" . }}
{{- end }}
{{- end }}

{{- define "token-broker.sidecar" -}}
{{- $broker := .Values.tokenBroker -}}
- name: token-broker
  image: {{ include "token-broker.image" $broker.image }}
  restartPolicy: Always
  {{- if or (ne (int $broker.port) 16925) $broker.identitiesConfigMap $broker.prefetch $broker.logLevel $broker.identityHeaderSecret }}
  env:
    {{- if ne (int $broker.port) 16925 }}
    - name: BROKER_LISTEN
      value: 127.0.0.1:{{ $broker.port }}
    {{- end }}
    {{- if $broker.identitiesConfigMap }}
    - name: BROKER_CONFIG
      value: /etc/token-broker/config.yaml
    {{- end }}
    {{- with $broker.prefetch }}
    - name: BROKER_PREFETCH
      value: {{ join "," . | quote }}
    {{- end }}
    {{- with $broker.logLevel }}
    - name: BROKER_LOG_LEVEL
      value: {{ . | quote }}
    {{- end }}
    {{- if $broker.identityHeaderSecret }}
    - name: BROKER_IDENTITY_HEADER
      {{- include "token-broker.identityHeader" . | nindent 6 }}
    {{- end }}
  {{- end }}
  ports:
    - name: broker-admin
      containerPort: 16926
  startupProbe:
    httpGet:
      path: /startupz
      port: 16926
    periodSeconds: 1
    failureThreshold: 60
  readinessProbe:
    httpGet:
      path: /readyz
      port: 16926
    periodSeconds: 5
  livenessProbe:
    httpGet:
      path: /livez
      port: 16926
    periodSeconds: 10
  resources:
    {{- toYaml $broker.resources | nindent 4 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 17332
    runAsGroup: 17332
    readOnlyRootFilesystem: true
    allowPrivilegeEscalation: false
    capabilities:
      drop:
        - ALL
    seccompProfile:
      type: RuntimeDefault
  terminationMessagePolicy: FallbackToLogsOnError
  {{- if $broker.identitiesConfigMap }}
  volumeMounts:
    - name: token-broker-config
      mountPath: /etc/token-broker
      readOnly: true
  {{- end }}
{{- end }}

{{- define "token-broker.redirect" -}}
- name: token-broker-redirect
  image: {{ include "token-broker.image" .Values.tokenBroker.redirectImage }}
  env:
    - name: BROKER_PORT
      value: {{ .Values.tokenBroker.port | quote }}
    - name: BROKER_UID
      value: "17332"
  resources:
    requests:
      memory: 16Mi
      cpu: 10m
    limits:
      memory: 32Mi
  securityContext:
    runAsNonRoot: false
    runAsUser: 0
    runAsGroup: 0
    readOnlyRootFilesystem: true
    allowPrivilegeEscalation: false
    capabilities:
      drop:
        - ALL
      add:
        - NET_ADMIN
    seccompProfile:
      type: RuntimeDefault
{{- end }}

{{- define "token-broker.volumes" -}}
{{- with .Values.tokenBroker.identitiesConfigMap }}
- name: token-broker-config
  configMap:
    name: {{ . }}
{{- else }}
[]
{{- end }}
{{- end }}

{{/* An image's reference; the digest wins over the tag. */}}
{{- define "token-broker.image" -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default "0.1.0" }}
{{- end -}}
{{- end }}
