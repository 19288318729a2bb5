/**
 * SES v2: identities, templates, configuration sets, and mails that are kept instead of delivered.
 */
@NullMarked
package dev.onboard.local.sesv2;

import org.jspecify.annotations.NullMarked;
