/** Tests of SNS through its SDK client. */
@NullMarked
package dev.onboard.local.sns;

import org.jspecify.annotations.NullMarked;
