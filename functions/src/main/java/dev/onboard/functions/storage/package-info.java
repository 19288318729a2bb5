/** Objects of S3 as streams, read and written without holding them in memory. */
@NullMarked
package dev.onboard.functions.storage;

import org.jspecify.annotations.NullMarked;
