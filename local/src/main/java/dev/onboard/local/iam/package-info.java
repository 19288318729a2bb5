/** IAM and STS: roles, users, policies and keys, and the sessions of those who assume a role. */
@NullMarked
package dev.onboard.local.iam;

import org.jspecify.annotations.NullMarked;
