/** The local runtime: the AWS services that a stack needs, in one JVM. */
@NullMarked
package dev.onboard.local;

import org.jspecify.annotations.NullMarked;
