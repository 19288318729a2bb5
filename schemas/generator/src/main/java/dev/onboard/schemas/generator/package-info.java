/** What the build does with the event schemas: checks them, their examples, and makes Java of them. */
@NullMarked
package dev.onboard.schemas.generator;

import org.jspecify.annotations.NullMarked;
