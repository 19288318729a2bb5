/** Reads YAML and JSON files into one tree that knows the place of every value. */
@NullMarked
package dev.onboard.check.doc;

import org.jspecify.annotations.NullMarked;
