/** The status page in a real browser. */
@NullMarked
package dev.tokenbroker.browser;

import org.jspecify.annotations.NullMarked;
