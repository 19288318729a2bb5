/** Java records that are made from schemas. */
@NullMarked
package dev.onboard.local.schemas.binding;

import org.jspecify.annotations.NullMarked;
