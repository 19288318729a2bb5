/** Benchmarks of the whole: what a person at the command line would see, and what it costs. */
@NullMarked
package dev.onboard.bench;

import org.jspecify.annotations.NullMarked;
