package dev.tokenbroker.inject;

/**
 * The cluster administrator's options for every pod; annotations override them pod by pod.
 *
 * @param image the broker's image, best by digest
 * @param redirectImage the image with nft, for pods that ask for redirection
 * @param mode the mode of pods that name none
 * @param resources the resources of pods that name none
 */
public record InjectionOptions(
    String image, String redirectImage, InjectionMode mode, ResourceRequirements resources) {}
