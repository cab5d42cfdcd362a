/** Small apps that get their tokens from the broker: to copy from, compiled and run as tests. */
package dev.tokenbroker.client.examples;
