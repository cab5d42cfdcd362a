package dev.tokenbroker.token;

import dev.tokenbroker.token.TokenFailure.Outlook;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of Entra's error numbers, in the only table of them. Those of federated credentials carry
 * extra digits (700213 is seen as 7002138): they are families, known by their leading digits, and
 * the longest that fits wins. All others must match exactly: 7000218 (no assertion) is no 700021.
 *
 * <p>Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
 * codes".
 *
 * @param digits the number, or the leading digits of a family
 * @param isFamily whether more digits may follow; a federated credential that is missing or wrong
 *     is then the cause
 * @param kind what the number means for a retry
 * @param name a stable name for scripts, shared by numbers with the same cause
 * @param remedy cause and fix
 */
public record Aadsts(String digits, boolean isFamily, Kind kind, String name, Remedy remedy) {

  /** What a number means for a retry. */
  public enum Kind {
    /** Says the assertion was outside its validity; the file may have been renewed meanwhile. */
    STALE_ASSERTION(Outlook.PROPAGATING),
    /** Heals by itself in seconds to minutes. */
    PROPAGATING(Outlook.PROPAGATING),
    /** A retry helps only after somebody has changed something. */
    LASTING(Outlook.LASTING),
    /** A retry makes it worse. */
    BLOCKED(Outlook.BLOCKED),
    /** Entra asks to slow down; no refusal. */
    THROTTLED(Outlook.PROPAGATING),
    /** An error inside Entra; no refusal. */
    TRANSIENT(Outlook.PROPAGATING);

    private final Outlook outlook;

    Kind(Outlook outlook) {
      this.outlook = outlook;
    }

    /** How long a refusal of this kind is likely to last. */
    public Outlook outlook() {
      return outlook;
    }

    /** Whether Entra said no, not that it cannot answer now. */
    public boolean isRefusal() {
      return this != THROTTLED && this != TRANSIENT;
    }
  }

  /** For numbers whose cause has no name of its own. */
  public static final String REFUSED = "refused";

  private static final String NO_CREDENTIAL = "no-federated-credential";
  private static final String CREATE =
      "if it was created just now, wait some minutes; else create it with";
  private static final String PUBLISH = "they must be public.";

  private static final List<Aadsts> ALL =
      List.of(
          federation(
              "70021",
              Kind.PROPAGATING,
              NO_CREDENTIAL,
              "No federated credential of this identity matches the pod's token",
              CREATE),
          federation(
              "700211",
              Kind.PROPAGATING,
              "issuer-differs",
              "No federated credential of this identity has the issuer of the pod's token (mind the"
                  + " slash at the end)",
              ""),
          federation(
              "700212",
              Kind.LASTING,
              "audience-differs",
              "No federated credential of this identity has the audience of the pod's token",
              ""),
          federation(
              "700213",
              Kind.PROPAGATING,
              "subject-differs",
              "No federated credential of this identity has the subject of the pod's token; it must"
                  + " match exactly, case included",
              ""),
          federation(
              "70025",
              Kind.PROPAGATING,
              NO_CREDENTIAL,
              "This identity has no federated credential yet",
              "if one was created just now, wait some minutes; else create it with"),
          row(
              "700024",
              Kind.STALE_ASSERTION,
              "assertion-outside-validity",
              "The federated token was outside its validity when Entra checked it",
              "is the token file being renewed, and is the node's clock right?"),
          row(
              "700021",
              Kind.LASTING,
              REFUSED,
              "The federated token was issued for another application than this client id.",
              ""),
          row(
              "700027",
              Kind.LASTING,
              REFUSED,
              "The signature of the federated token is not valid for its issuer.",
              ""),
          row(
              "7000272",
              Kind.PROPAGATING,
              REFUSED,
              "The cluster's signing key is not (yet) among the published keys of its issuer",
              "were the keys rotated just now?"),
          row(
              "90061",
              Kind.TRANSIENT,
              REFUSED,
              "Entra cannot reach the OIDC documents of the cluster's issuer",
              PUBLISH),
          row(
              "50166",
              Kind.TRANSIENT,
              REFUSED,
              "Entra cannot fetch the OIDC documents of the cluster's issuer",
              PUBLISH),
          row(
              "700016",
              Kind.LASTING,
              "unknown-application",
              "There is no such application in this tenant",
              "check AZURE_CLIENT_ID (the client id, not the object or resource id) and"
                  + " AZURE_TENANT_ID."),
          row(
              "90002",
              Kind.LASTING,
              "wrong-tenant",
              "There is no such tenant in this cloud",
              "check AZURE_TENANT_ID and AZURE_AUTHORITY_HOST."),
          row(
              "900023",
              Kind.LASTING,
              "wrong-tenant",
              "The tenant id is malformed",
              "check AZURE_TENANT_ID."),
          row(
              "500011",
              Kind.LASTING,
              "unknown-resource",
              "The tenant does not know this resource",
              "look for a typo, a resource of another cloud, or a missing service principal."),
          row(
              "70011",
              Kind.LASTING,
              "malformed-resource",
              "The resource is malformed",
              "give it as the service documents it, such as https://vault.azure.net."),
          row(
              "1002012",
              Kind.LASTING,
              "malformed-resource",
              "The scope is malformed",
              "a resource, or the resource followed by /.default."),
          row(
              "53003",
              Kind.BLOCKED,
              "blocked-by-policy",
              "A Conditional Access policy blocks this identity",
              "its administrators can exempt it."),
          row(
              "530032",
              Kind.BLOCKED,
              "blocked-by-policy",
              "A security policy of the tenant blocks this identity",
              "its administrators can exempt it."),
          row(
              "50196",
              Kind.BLOCKED,
              REFUSED,
              "Entra detected a request loop and blocks it for a while",
              "find what keeps asking."),
          row(
              "90036",
              Kind.LASTING,
              REFUSED,
              "Entra reports an error that does not pass by itself.",
              ""),
          row("90055", Kind.THROTTLED, REFUSED, "Too many requests for this tenant.", ""),
          passing("90033"),
          passing("90006"),
          passing("90012"),
          passing("90024"),
          passing("90090"),
          passing("50033"));

  private static final List<Aadsts> LONGEST_FIRST =
      ALL.stream()
          .sorted(Comparator.comparingInt((Aadsts row) -> row.digits.length()).reversed())
          .toList();

  /** All that the broker knows. */
  public static Stream<Aadsts> all() {
    return ALL.stream();
  }

  /** The family of a number; empty if the broker knows none. */
  public static Optional<Aadsts> of(int number) {
    String asked = Integer.toString(number);
    return LONGEST_FIRST.stream().filter(row -> row.covers(asked)).findFirst();
  }

  private boolean covers(String number) {
    return isFamily ? number.startsWith(digits) : number.equals(digits);
  }

  private static Aadsts row(String digits, Kind kind, String name, String cause, String fix) {
    return new Aadsts(digits, false, kind, name, Remedy.of(cause, fix));
  }

  private static Aadsts federation(
      String digits, Kind kind, String name, String cause, String fix) {
    return new Aadsts(digits, true, kind, name, Remedy.of(cause, fix));
  }

  private static Aadsts passing(String digits) {
    return row(digits, Kind.TRANSIENT, REFUSED, "A passing error in Entra.", "");
  }
}
