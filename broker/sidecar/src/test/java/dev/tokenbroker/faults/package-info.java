/**
 * The fault suite ({@code mvn verify -Pfaults}): what production does to a broker, over real
 * sockets against the packaged one. Each case asserts that no request of an app failed which a
 * valid token could have answered, and counts what reached Entra.
 */
package dev.tokenbroker.faults;
