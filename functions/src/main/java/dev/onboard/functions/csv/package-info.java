/** The uploaded file: what is read, what is refused, how its rows become users or rejections. */
@NullMarked
package dev.onboard.functions.csv;

import org.jspecify.annotations.NullMarked;
