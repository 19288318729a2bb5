/**
 * The protocols: HTTP to typed SDK requests and typed SDK responses to HTTP, from the SDK's own
 * metadata.
 */
@NullMarked
package dev.onboard.local.wire;

import org.jspecify.annotations.NullMarked;
