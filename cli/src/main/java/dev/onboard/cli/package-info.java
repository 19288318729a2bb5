/** The command line: deploy, import and look, through AWS's SDK, on AWS or in the local runtime. */
@NullMarked
package dev.onboard.cli;

import org.jspecify.annotations.NullMarked;
