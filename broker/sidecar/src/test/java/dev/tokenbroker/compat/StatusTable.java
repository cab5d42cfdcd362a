package dev.tokenbroker.compat;

/**
 * What clients make of each status for a refusal by Entra: measured by hand with the same client
 * asking twice, the cause mended in between. The suite itself holds the row "4. 403" of the hard
 * moments.
 */
final class StatusTable {

  static final String TEXT =
      """

      ## A refusal by Entra, by status

      Measured on 2026-11-28, not part of the suite: a credential that Entra refuses (AADSTS70021), one call, the cause mended, a second call of the same object. By a variable, and by
      169.254.169.254 where the client follows none. All but those named asked again at once and got their token. *Chain* is `DefaultAzureCredential`; .NET is from other runs of that day.

      | client | 400 | 403, which the broker sends | 503, `Retry-After: 5` |
      | --- | --- | --- | --- |
      | @azure/identity 1.5 | text hidden ("no available identity"); chain goes on | text shown; chain stops | chain goes on after 8 s |
      | @azure/identity 2.1, 3.1 | text shown; chain goes on | text shown; chain stops | text shown after 21 s; chain stops |
      | @azure/identity 4.13 | text shown; chain goes on | the same | text shown after 19 to 32 s |
      | @azure/identity 1.0 | text shown | the same | text shown after 30 s |
      | azure-identity (Python) 1.27 | text shown; chain goes on | the same | text shown after 20 s; answers 503 by itself until `Retry-After` is over |
      | MSAL for Python, JavaScript and Java | text shown | the same | not tried |
      | azure-identity (Java) 1.18 | text in the exception's cause; chain goes on by IMDS, stops by `IDENTITY_ENDPOINT` | text in the cause; chain stops | 17 requests, 80 s |
      | Azure.Identity (.NET) 1.1 to 1.4, by 169.254.169.254 | **never asks again** | not tried | not tried |
      | Azure.Identity (.NET) from 1.14.2, chain by 169.254.169.254 | falls through and hides the text | not tried | not tried |
      | azure-cli before 2.73, `--username`, read in its source | tries the id as the next kind of id | stops | stops |

      So what Entra refuses is 403: no client that was tried shows less for it, and JavaScript up to 3.1 and Java then stop the chain instead of burying the cause. 503 is not sent for a
      federated credential that still spreads: it holds each call for 8 to 80 s, and after a 403 the next call asks anyway. 400 is for an id that neither the broker nor Entra knows.
      """;

  private StatusTable() {}
}
