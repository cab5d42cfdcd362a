package dev.tokenbroker.exchange;

import dev.tokenbroker.token.TokenFailure.Outlook;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the broker knows of one of Entra's error numbers. Those of federated credentials carry extra
 * digits (700213 is seen as 7002138): they are families, known by their leading digits, and the
 * longest that fits wins. All others must match exactly: 7000218 (no assertion) is no 700021.
 *
 * <p>Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error
 * codes".
 *
 * @param digits the number, or the leading digits of a family
 * @param isFamily whether more digits may follow
 * @param kind what the number means for a retry
 * @param hint cause and fix in plain words, a colon between them
 */
public record Aadsts(String digits, boolean isFamily, Kind kind, Hint hint) {

  /** What a number means for a retry. */
  enum Kind {
    /** Says the assertion was outside its validity; the file may have been renewed meanwhile. */
    STALE_ASSERTION(Outlook.PROPAGATING),
    PROPAGATING(Outlook.PROPAGATING),
    LASTING(Outlook.LASTING),
    BLOCKED(Outlook.BLOCKED),
    THROTTLED(Outlook.PROPAGATING),
    TRANSIENT(Outlook.PROPAGATING);

    final Outlook outlook;

    Kind(Outlook outlook) {
      this.outlook = outlook;
    }
  }

  private static final List<Aadsts> TABLE =
      List.of(
              row(
                  "700024",
                  Kind.STALE_ASSERTION,
                  "The federated token was outside its validity when Entra checked it: is the token"
                      + " file being renewed, and is the node's clock right?"),
              row(
                  "700021",
                  Kind.LASTING,
                  "The federated token was issued for another application than this client id."),
              federation(
                  "70021",
                  Kind.PROPAGATING,
                  "No federated credential of this identity matches the pod's token: if it was"
                      + " created just now, wait some minutes; else create it with"),
              federation(
                  "70025",
                  Kind.PROPAGATING,
                  "This identity has no federated credential yet: if one was created just now, wait"
                      + " some minutes; else create it with"),
              federation(
                  "700211",
                  Kind.PROPAGATING,
                  "No federated credential of this identity has the issuer of the pod's token (mind"
                      + " the slash at the end):"),
              federation(
                  "700212",
                  Kind.LASTING,
                  "No federated credential of this identity has the audience of the pod's token:"),
              federation(
                  "700213",
                  Kind.PROPAGATING,
                  "No federated credential of this identity has the subject of the pod's token; it"
                      + " must match exactly, case included:"),
              row(
                  "90061",
                  Kind.TRANSIENT,
                  "Entra cannot reach the OIDC documents of the cluster's issuer: they must be"
                      + " public."),
              row(
                  "50166",
                  Kind.TRANSIENT,
                  "Entra cannot fetch the OIDC documents of the cluster's issuer: they must be"
                      + " public."),
              row(
                  "7000272",
                  Kind.PROPAGATING,
                  "The cluster's signing key is not (yet) among the published keys of its issuer:"
                      + " were the keys rotated just now?"),
              row(
                  "700027",
                  Kind.LASTING,
                  "The signature of the federated token is not valid for its issuer."),
              row(
                  "700016",
                  Kind.LASTING,
                  "There is no such application in this tenant: check AZURE_CLIENT_ID (the client"
                      + " id, not the object or resource id) and AZURE_TENANT_ID."),
              row(
                  "90002",
                  Kind.LASTING,
                  "There is no such tenant in this cloud: check AZURE_TENANT_ID and"
                      + " AZURE_AUTHORITY_HOST."),
              row("900023", Kind.LASTING, "The tenant id is malformed: check AZURE_TENANT_ID."),
              row(
                  "500011",
                  Kind.LASTING,
                  "The tenant does not know this resource: look for a typo, a resource of another"
                      + " cloud, or a missing service principal."),
              row(
                  "70011",
                  Kind.LASTING,
                  "The resource is malformed: give it as the service documents it, such as"
                      + " https://vault.azure.net."),
              row(
                  "1002012",
                  Kind.LASTING,
                  "The scope is malformed: a resource, or the resource followed by /.default."),
              row(
                  "53003",
                  Kind.BLOCKED,
                  "A Conditional Access policy blocks this identity: its administrators can exempt it."),
              row(
                  "530032",
                  Kind.BLOCKED,
                  "A security policy of the tenant blocks this identity: its administrators can exempt it."),
              row(
                  "50196",
                  Kind.BLOCKED,
                  "Entra saw the same request in a loop and rests it: find what keeps asking."),
              row("90036", Kind.LASTING, "Entra reports an error that does not pass by itself."),
              row("90055", Kind.THROTTLED, "Too many requests for this tenant."),
              row("90033", Kind.TRANSIENT, "A passing error in Entra."),
              row("90006", Kind.TRANSIENT, "A passing error in Entra."),
              row("90012", Kind.TRANSIENT, "A passing error in Entra."),
              row("90024", Kind.TRANSIENT, "A passing error in Entra."),
              row("90090", Kind.TRANSIENT, "A passing error in Entra."),
              row("50033", Kind.TRANSIENT, "A passing error in Entra."))
          .stream()
          .sorted(Comparator.comparingInt((Aadsts row) -> row.digits.length()).reversed())
          .toList();

  /** The family of a number; empty if the broker knows none. */
  static Optional<Aadsts> of(int number) {
    String asked = Integer.toString(number);
    return TABLE.stream().filter(row -> row.covers(asked)).findFirst();
  }

  /** The leading digits by which a number is known; empty if the broker knows none. */
  public static Optional<String> familyOf(int number) {
    return of(number).map(Aadsts::digits);
  }

  private boolean covers(String number) {
    return isFamily ? number.startsWith(digits) : number.equals(digits);
  }

  private static Aadsts row(String digits, Kind kind, String text) {
    return new Aadsts(digits, false, kind, new Hint(text, false));
  }

  private static Aadsts federation(String digits, Kind kind, String text) {
    return new Aadsts(digits, true, kind, new Hint(text, true));
  }
}
