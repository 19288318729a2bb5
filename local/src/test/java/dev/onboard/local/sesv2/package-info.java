/** Tests of SES v2 through its SDK client. */
@NullMarked
package dev.onboard.local.sesv2;

import org.jspecify.annotations.NullMarked;
