/**
 * Entra without Entra: an OIDC issuer, a token endpoint that checks what Entra checks and refuses
 * as Entra refuses, and a projected-token folder that rotates as the kubelet's does.
 */
package dev.tokenbroker.emulator;
