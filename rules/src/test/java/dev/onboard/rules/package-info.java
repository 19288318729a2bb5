/** Tries the rules' patterns on examples, and the template on rules, schemas and workflow. */
@NullMarked
package dev.onboard.rules;

import org.jspecify.annotations.NullMarked;
