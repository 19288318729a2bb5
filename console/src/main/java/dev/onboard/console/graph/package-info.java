/** Graphs: what they are made of, where everything is put, and how they are drawn. */
@NullMarked
package dev.onboard.console.graph;

import org.jspecify.annotations.NullMarked;
