/** The step of the pipeline that counts the calls which AWS bills, by what each of them carries. */
@NullMarked
package dev.onboard.local.metering;

import org.jspecify.annotations.NullMarked;
