/**
 * The promise "works unchanged", tried: real clients in their own languages against the packaged
 * broker, told of it by variables alone or by nothing at all. Run by {@code mvn verify -Pcompat}.
 */
package dev.tokenbroker.compat;
