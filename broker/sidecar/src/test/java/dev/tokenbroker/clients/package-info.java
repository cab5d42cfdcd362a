/**
 * Small apps on Microsoft's Java SDKs, each a program of its own, and the test that runs them
 * against the packaged broker. The compatibility suite runs them, too.
 */
package dev.tokenbroker.clients;
