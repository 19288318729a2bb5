/**
 * The Amazon States Language: definitions parsed, validated and compiled once into records that can
 * be run.
 */
@NullMarked
package dev.onboard.local.sfn.asl;

import org.jspecify.annotations.NullMarked;
