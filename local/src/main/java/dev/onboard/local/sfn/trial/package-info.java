/** One state tried alone, as TestState does it: what it makes of an input, without an execution. */
@NullMarked
package dev.onboard.local.sfn.trial;

import org.jspecify.annotations.NullMarked;
