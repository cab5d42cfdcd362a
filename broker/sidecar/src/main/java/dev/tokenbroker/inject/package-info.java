/**
 * Puts the broker into pods as they are created: {@link dev.tokenbroker.inject.Injector} is a pure
 * function from a pod to a JSON patch, and {@link dev.tokenbroker.inject.InjectServer} serves it as
 * a mutating admission webhook. The Helm chart's admission policy and the kustomize components do
 * the same to the same pods; the golden files of the tests hold all three together.
 */
@NullMarked
package dev.tokenbroker.inject;

import org.jspecify.annotations.NullMarked;
