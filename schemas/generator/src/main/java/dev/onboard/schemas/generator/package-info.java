/**
 * Checks event schemas against their examples and earlier versions, and makes Java records of them.
 */
@NullMarked
package dev.onboard.schemas.generator;

import org.jspecify.annotations.NullMarked;
