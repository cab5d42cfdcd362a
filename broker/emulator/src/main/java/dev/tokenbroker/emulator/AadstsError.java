package dev.tokenbroker.emulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * A refusal as Entra words it.
 *
 * @param status the HTTP status
 * @param error the OAuth code
 * @param number the AADSTS number, with the extra digits that Entra appends
 * @param text what Entra says
 */
public record AadstsError(int status, String error, int number, String text) {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  static AadstsError unknownTenant(String tenant) {
    return new AadstsError(
        400,
        "invalid_request",
        90002,
        "Tenant '"
            + tenant
            + "' not found. Check to make sure you have the correct tenant ID and are"
            + " signing into the correct cloud.");
  }

  static AadstsError unknownApplication(String clientId, String tenant) {
    return new AadstsError(
        400,
        "unauthorized_client",
        700016,
        "Application with identifier '"
            + clientId
            + "' was not found in the directory '"
            + tenant
            + "'. This can happen if the application has not been installed by the administrator of"
            + " the tenant or consented to by any user in the tenant.");
  }

  static AadstsError noAssertion() {
    return new AadstsError(
        401,
        "invalid_client",
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or"
            + " 'client_secret'.");
  }

  static AadstsError malformedAssertion() {
    return new AadstsError(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
  }

  static AadstsError unknownKey() {
    return new AadstsError(
        401,
        "invalid_client",
        7000272,
        "The signing key of the client assertion was not found among the keys of its issuer.");
  }

  static AadstsError badSignature() {
    return new AadstsError(
        401,
        "invalid_client",
        700027,
        "The certificate with identifier used to sign the client assertion is not registered on"
            + " application. Client assertion failed signature validation.");
  }

  static AadstsError outsideValidity(Instant now, Instant notBefore, Instant expiry) {
    return new AadstsError(
        401,
        "invalid_client",
        700024,
        "Client assertion is not within its valid time range. Current time: "
            + now
            + ", assertion valid from "
            + notBefore
            + ", expiry time of assertion "
            + expiry
            + ".");
  }

  static AadstsError noCredentials() {
    return new AadstsError(
        400,
        "invalid_request",
        70021,
        "No matching federated identity record found for presented assertion.");
  }

  static AadstsError issuerDiffers(String issuer) {
    return new AadstsError(
        401,
        "invalid_client",
        7002111,
        "No matching federated identity record found for presented assertion issuer '"
            + issuer
            + "'. Please check your federated identity credential Subject, Audience and Issuer"
            + " against the presented assertion.");
  }

  static AadstsError audienceDiffers(String audience) {
    return new AadstsError(
        401,
        "invalid_client",
        7002121,
        "No matching federated identity record found for presented assertion audience '"
            + audience
            + "'. Please check your federated identity credential Subject, Audience and Issuer"
            + " against the presented assertion.");
  }

  static AadstsError subjectDiffers(String subject) {
    return new AadstsError(
        401,
        "invalid_client",
        7002138,
        "No matching federated identity record found for presented assertion subject '"
            + subject
            + "'. Please check your federated identity credential Subject, Audience and Issuer"
            + " against the presented assertion.");
  }

  static AadstsError malformedScope(String scope) {
    return new AadstsError(
        400,
        "invalid_scope",
        70011,
        "The provided request must include a 'scope' input parameter. The provided value for the"
            + " input parameter 'scope' is not valid. The scope "
            + scope
            + " is not valid.");
  }

  static AadstsError unknownResource(String resource, String tenant) {
    return new AadstsError(
        400,
        "invalid_resource",
        500011,
        "The resource principal named "
            + resource
            + " was not found in the tenant named "
            + tenant
            + ". This can happen if the application has not been installed by the administrator of"
            + " the tenant or consented to by any user in the tenant.");
  }

  /** The body of Entra's answer. */
  String json(Instant now, String correlationId) {
    String traceId = UUID.randomUUID().toString();
    String timestamp = TIMESTAMP.format(now);
    String description =
        "AADSTS"
            + number
            + ": "
            + text
            + " Trace ID: "
            + traceId
            + " Correlation ID: "
            + correlationId
            + " Timestamp: "
            + timestamp;
    return new JsonBody()
        .put("error", error)
        .put("error_description", description)
        .put("error_codes", List.of(number))
        .put("timestamp", timestamp)
        .put("trace_id", traceId)
        .put("correlation_id", correlationId)
        .put("error_uri", "https://login.microsoftonline.com/error?code=" + number)
        .encode();
  }
}
