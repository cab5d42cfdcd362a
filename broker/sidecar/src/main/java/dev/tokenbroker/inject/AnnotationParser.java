package dev.tokenbroker.inject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a pod's annotations and collects all that is wrong with them. */
final class AnnotationParser {

  /** A DNS subdomain, as the names of ConfigMaps and Secrets are (RFC 1123). */
  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug");

  private final Pod pod;
  private final List<String> problems = new ArrayList<>();

  AnnotationParser(Pod pod) {
    this.pod = pod;
  }

  /** Returns the problems that {@link #read} found, in words for the pod's author. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  InjectionSpec read(InjectionOptions options) {
    ResourceRequirements resources = options.resources();
    return new InjectionSpec(
        value(WellKnownNames.IMAGE, "an image", text -> !text.isBlank()).orElse(options.image()),
        value(WellKnownNames.MODE, "strict or shared", text -> text.matches("strict|shared"))
            .map(text -> text.equals("strict") ? InjectionMode.STRICT : InjectionMode.SHARED)
            .orElse(options.mode()),
        value(WellKnownNames.PORT, "a port from 1024 to 65535 but 16926", AnnotationParser::isPort)
            .map(Integer::parseInt)
            .orElse(InjectionSpec.DEFAULT_PORT),
        objectName(WellKnownNames.IDENTITIES_CONFIG_MAP, "the name of a ConfigMap"),
        objectName(WellKnownNames.IDENTITY_HEADER_SECRET, "the name of a Secret"),
        value(WellKnownNames.PREFETCH, "resources, comma-separated", text -> !text.isBlank()),
        value(WellKnownNames.REDIRECT, "true or false", text -> text.matches("true|false"))
            .map(Boolean::parseBoolean)
            .orElse(false),
        value(
                WellKnownNames.ENV,
                "identity, msi, all or none",
                text -> ClientVariables.Selection.named(text).isPresent())
            .flatMap(ClientVariables.Selection::named)
            .orElse(ClientVariables.Selection.IDENTITY),
        skipped(),
        new ResourceRequirements(
            quantity(WellKnownNames.CPU_REQUEST).orElse(resources.cpuRequest()),
            quantity(WellKnownNames.CPU_LIMIT).or(resources::cpuLimit),
            quantity(WellKnownNames.MEMORY_REQUEST).orElse(resources.memoryRequest()),
            quantity(WellKnownNames.MEMORY_LIMIT).orElse(resources.memoryLimit())),
        value(WellKnownNames.LOG_LEVEL, "error, warn, info or debug", LOG_LEVELS::contains));
  }

  private Set<String> skipped() {
    return pod.annotation(WellKnownNames.SKIP_CONTAINERS)
        .map(AnnotationParser::names)
        .orElseGet(Set::of);
  }

  /** Names separated by semicolons, as azwi's annotation has them, or by commas. */
  static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(text.split("[;,]")).map(String::trim).forEach(names::add);
    names.remove("");
    return names;
  }

  private Optional<String> objectName(String name, String expected) {
    return value(name, expected, text -> OBJECT_NAME.matcher(text).matches());
  }

  private Optional<String> quantity(String name) {
    return value(name, "a quantity such as 100m or 128Mi", AnnotationParser::isQuantity);
  }

  private Optional<String> value(String name, String expected, Predicate<String> valid) {
    Optional<String> text = pod.annotation(name);
    if (text.isPresent() && !valid.test(text.get())) {
      problems.add(name + " is \"" + text.get() + "\" and should be " + expected);
      return Optional.empty();
    }
    return text;
  }

  private static boolean isQuantity(String text) {
    try {
      ResourceRequirements.quantity(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPort(String text) {
    if (!text.matches("[1-9][0-9]{3,4}")) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port >= 1024 && port <= 65535 && port != InjectionSpec.ADMIN_PORT;
  }
}
