package dev.tokenbroker.compat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A client as it is installed.
 *
 * @param name what a reader looks for
 * @param family what {@code token-broker env --for} calls it
 * @param installed the step of the install script that brings it; empty if nothing need be
 *     installed
 * @param command what to run; the resource and the selection follow
 * @param resource what it asks a token for
 * @param selections the identities it can name
 * @param ignored the ways that it does not know
 * @param limits what it cannot do by the others
 * @param remark what a reader should know
 */
record CompatClient(
    String name,
    String family,
    String installed,
    List<String> command,
    String resource,
    Set<Selection> selections,
    Set<Reach> ignored,
    List<Limit> limits,
    String remark) {

  static final String VAULT = "https://vault.azure.net";

  CompatClient(String name, String family, String installed, List<String> command) {
    this(
        name,
        family,
        installed,
        command,
        VAULT,
        EnumSet.allOf(Selection.class),
        Set.of(),
        List.of(),
        "");
  }

  CompatClient asking(String what) {
    return new CompatClient(
        name, family, installed, command, what, selections, ignored, limits, remark);
  }

  CompatClient naming(Selection... these) {
    return new CompatClient(
        name, family, installed, command, resource, Set.of(these), ignored, limits, remark);
  }

  CompatClient ignoring(Reach... these) {
    return new CompatClient(
        name, family, installed, command, resource, selections, Set.of(these), limits, remark);
  }

  CompatClient limited(Set<Reach> reaches, Set<Selection> which, String evidence, String why) {
    List<Limit> all = new ArrayList<>(limits);
    all.add(new Limit(reaches, which, evidence, why));
    return new CompatClient(
        name, family, installed, command, resource, selections, ignored, all, remark);
  }

  CompatClient remarked(String text) {
    return new CompatClient(
        name, family, installed, command, resource, selections, ignored, limits, text);
  }

  /** What it cannot do in this case: its own limit, not the broker's. */
  Optional<Limit> limit(Reach reach, Selection selection) {
    return limits.stream()
        .filter(each -> each.reaches().contains(reach) && each.selections().contains(selection))
        .findFirst();
  }

  /** Of all variables it follows the pair that {@code env} prints only if asked to. */
  boolean needsTheOlderPair() {
    return ignored.containsAll(Set.of(Reach.IDENTITY_ENDPOINT, Reach.POD_IDENTITY_HOST))
        && !ignored.contains(Reach.MSI_ENDPOINT);
  }

  /** It ignores even all variables at once. */
  boolean followsNothing() {
    return ignored.contains(Reach.ENV);
  }

  /** The cases of a way. For one that it does not know, the identity makes no difference. */
  List<Selection> cases(Reach reach) {
    if (followsNothing() && reach != Reach.ENV && reach != Reach.REDIRECT) {
      return List.of();
    }
    return Stream.of(Selection.values())
        .filter(selections::contains)
        .filter(each -> !ignored.contains(reach) || each == Selection.SYSTEM)
        .toList();
  }

  static List<String> command(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }
}
