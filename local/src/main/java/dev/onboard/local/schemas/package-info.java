/** The EventBridge schema registry: registries, schemas and their versions. */
@NullMarked
package dev.onboard.local.schemas;

import org.jspecify.annotations.NullMarked;
