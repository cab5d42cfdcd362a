// Command policy holds the chart's admission policies against the golden pods with the API server's own
// code, without an API server.
//
//	policy RENDERED PODS    the rendered chart in mode policy; the folder of golden pods
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/util/diff"
	"sigs.k8s.io/yaml"
)

func main() {
	failed, err := run(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if failed {
		os.Exit(1)
	}
}

func run(rendered, pods string) (bool, error) {
	policies, err := read(rendered)
	if err != nil {
		return false, err
	}
	folders, err := filepath.Glob(filepath.Join(pods, "*", "in.yaml"))
	if err != nil || len(folders) == 0 {
		return false, fmt.Errorf("no pods in %s: %w", pods, err)
	}
	wrong := 0
	for _, in := range folders {
		folder := filepath.Dir(in)
		if problem := check(policies, folder); problem != nil {
			wrong++
			fmt.Printf("FAILED %s: %v\n", filepath.Base(folder), problem)
		}
	}
	fmt.Printf("policy: %d of %d pods come out as their golden files say\n", len(folders)-wrong, len(folders))
	return wrong > 0, nil
}

func check(policies *policies, folder string) error {
	in, err := pod(filepath.Join(folder, "in.yaml"))
	if err != nil {
		return err
	}
	admitted, refusal := policies.admit(in)
	expected, err := os.ReadFile(filepath.Join(folder, "refused.txt"))
	if err == nil {
		if want := strings.TrimSpace(string(expected)); refusal == nil || refusal.Error() != want {
			return fmt.Errorf("should be refused with %q, not %v", want, refusal)
		}
		return nil
	}
	if refusal != nil {
		return fmt.Errorf("refused: %w", refusal)
	}
	out, err := pod(filepath.Join(folder, "out.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		out, err = in, nil
	}
	if err != nil {
		return err
	}
	if difference := differ(out, admitted); difference != "" {
		return errors.New(difference)
	}
	again, refusal := policies.admit(out)
	if refusal != nil {
		return fmt.Errorf("refused the second time: %w", refusal)
	}
	if difference := differ(out, again); difference != "" {
		return fmt.Errorf("the second time is not as the first: %s", difference)
	}
	return nil
}

func differ(expected, got *corev1.Pod) string {
	got = got.DeepCopy()
	got.TypeMeta = expected.TypeMeta
	if equality.Semantic.DeepEqual(expected, got) {
		return ""
	}
	return diff.Diff(expected, got)
}

func pod(file string) (*corev1.Pod, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{}
	return pod, yaml.UnmarshalStrict(text, pod)
}

func read(file string) (*policies, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	mutating, validating := &admissionv1.MutatingAdmissionPolicy{}, &admissionv1.ValidatingAdmissionPolicy{}
	for _, document := range strings.Split(string(text), "\n---\n") {
		switch {
		case strings.Contains(document, "\nkind: MutatingAdmissionPolicy\n"):
			err = yaml.UnmarshalStrict([]byte(document), mutating)
		case strings.Contains(document, "\nkind: ValidatingAdmissionPolicy\n"):
			err = yaml.UnmarshalStrict([]byte(document), validating)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if len(mutating.Spec.Mutations) == 0 || len(validating.Spec.Validations) == 0 {
		return nil, fmt.Errorf("%s holds no policies", file)
	}
	return compile(mutating, validating)
}
