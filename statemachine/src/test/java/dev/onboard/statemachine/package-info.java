/** Tests of the workflow definitions. */
@NullMarked
package dev.onboard.statemachine;

import org.jspecify.annotations.NullMarked;
