/** What a Java app needs to talk to the broker. */
@NullMarked
package dev.tokenbroker.client;

import org.jspecify.annotations.NullMarked;
