package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.token.AccessToken;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request for a token, the same in every dialect.
 *
 * @param resource the resource, byte for byte as the caller sent it: printable ASCII, bounded
 * @param scope the scope that stands for the resource
 * @param selector the identity it means
 * @param unknown an id under a name that is no selector's, if there is one
 * @param claimsChallenges whether the caller can handle a claims challenge ({@code xms_cc=cp1})
 * @param revoked tells a token that the resource has turned away, if there is one
 */
public record TokenRequest(
    String resource,
    String scope,
    IdentitySelector selector,
    Optional<UnknownSelector> unknown,
    boolean claimsChallenges,
    Optional<Predicate<AccessToken>> revoked)
    implements ParsedRequest {}
