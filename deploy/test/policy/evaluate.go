package main

import (
	"context"
	"errors"
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	cellimits "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/client-go/kubernetes/scheme"
)

var (
	podKind   = corev1.SchemeGroupVersion.WithKind("Pod")
	pods      = corev1.SchemeGroupVersion.WithResource("pods")
	namespace = &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "shop"}}
)

// policies are the two of the chart, compiled as the API server compiles them.
type policies struct {
	selected  labels.Selector
	matcher   matchconditions.Matcher
	compiler  *cel.CompositedCompiler
	mutators  []patch.Patcher
	validator validating.Validator
}

func compile(m *admissionv1.MutatingAdmissionPolicy, v *admissionv1.ValidatingAdmissionPolicy) (*policies, error) {
	selected, err := metav1.LabelSelectorAsSelector(m.Spec.MatchConstraints.ObjectSelector)
	if err != nil {
		return nil, err
	}
	p := &policies{selected: selected}
	if p.compiler, err = compiler(m.Spec.Variables); err != nil {
		return nil, err
	}
	options := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	p.matcher = matchconditions.NewMatcher(
		p.compiler.CompileCondition(conditions(m.Spec.MatchConditions), options, environment.StoredExpressions),
		m.Spec.FailurePolicy, "policy", "mutate", m.Name)
	options.HasPatchTypes = true
	for _, mutation := range m.Spec.Mutations {
		if mutation.PatchType != admissionv1.PatchTypeJSONPatch {
			return nil, fmt.Errorf("a mutation of type %s: only JSONPatch is expected", mutation.PatchType)
		}
		p.mutators = append(p.mutators, patch.NewJSONPatcher(p.compiler.CompileMutatingEvaluator(
			&patch.JSONPatchCondition{Expression: mutation.JSONPatch.Expression}, options, environment.StoredExpressions)))
	}
	p.validator, err = validator(v)
	return p, err
}

func compiler(variables []admissionv1.Variable) (*cel.CompositedCompiler, error) {
	c, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		return nil, err
	}
	var named []cel.NamedExpressionAccessor
	for _, variable := range variables {
		named = append(named, &validating.Variable{Name: variable.Name, Expression: variable.Expression})
	}
	c.CompileAndStoreVariables(named, cel.OptionalVariableDeclarations{HasAuthorizer: true}, environment.StoredExpressions)
	return c, nil
}

func conditions(from []admissionv1.MatchCondition) []cel.ExpressionAccessor {
	var accessors []cel.ExpressionAccessor
	for i := range from {
		accessors = append(accessors, (*matchconditions.MatchCondition)(&from[i]))
	}
	return accessors
}

func validator(v *admissionv1.ValidatingAdmissionPolicy) (validating.Validator, error) {
	c, err := compiler(v.Spec.Variables)
	if err != nil {
		return nil, err
	}
	var checks, messages []cel.ExpressionAccessor
	for _, validation := range v.Spec.Validations {
		checks = append(checks, &validating.ValidationCondition{Expression: validation.Expression, Reason: validation.Reason})
		messages = append(messages, &validating.MessageExpressionCondition{MessageExpression: validation.MessageExpression})
	}
	withAuthorizer := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	return validating.NewValidator(
		c.CompileCondition(checks, withAuthorizer, environment.StoredExpressions), nil,
		c.CompileCondition(nil, withAuthorizer, environment.StoredExpressions),
		c.CompileCondition(messages, cel.OptionalVariableDeclarations{}, environment.StoredExpressions),
		v.Spec.FailurePolicy, nil), nil
}

// admit gives the pod as it is let in, or says why it is not.
func (p *policies) admit(pod *corev1.Pod) (*corev1.Pod, error) {
	if !p.selected.Matches(labels.Set(pod.Labels)) {
		return pod, nil
	}
	mutated, err := p.mutate(pod)
	if err != nil {
		return nil, err
	}
	result := p.validator.Validate(context.Background(), pods, asked(mutated), nil, namespace, cellimits.RuntimeCELCostBudget, nil)
	for _, decision := range result.Decisions {
		if decision.Action != validating.ActionAdmit {
			return nil, errors.New(decision.Message)
		}
	}
	return mutated, nil
}

func (p *policies) mutate(pod *corev1.Pod) (*corev1.Pod, error) {
	ctx := p.compiler.CreateContext(context.Background())
	match := p.matcher.Match(ctx, asked(pod), nil, nil)
	if match.Error != nil || !match.Matches {
		return pod, match.Error
	}
	for i, mutator := range p.mutators {
		changed, err := mutator.Patch(ctx, patch.Request{
			MatchedResource:     pods,
			VersionedAttributes: asked(pod),
			ObjectInterfaces:    admission.NewObjectInterfacesFromScheme(scheme.Scheme),
			Namespace:           namespace,
		}, cellimits.RuntimeCELCostBudget)
		if err != nil {
			return nil, fmt.Errorf("mutation %d: %w", i, err)
		}
		pod = changed.(*corev1.Pod)
	}
	return pod, nil
}

// asked is what the API server knows of a pod about to be created.
func asked(pod *corev1.Pod) *admission.VersionedAttributes {
	pod = pod.DeepCopy()
	pod.SetGroupVersionKind(podKind)
	return &admission.VersionedAttributes{
		Attributes: admission.NewAttributesRecord(pod, nil, podKind, namespace.Name, pod.Name, pods, "",
			admission.Create, &metav1.CreateOptions{}, false, nil),
		VersionedKind:   podKind,
		VersionedObject: pod,
	}
}
