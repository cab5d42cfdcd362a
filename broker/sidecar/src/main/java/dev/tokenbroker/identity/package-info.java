/**
 * Decides which identity a request means (client id, object id, resource id, or the default) and
 * whether that identity may be asked for the resource.
 */
@NullMarked
package dev.tokenbroker.identity;

import org.jspecify.annotations.NullMarked;
