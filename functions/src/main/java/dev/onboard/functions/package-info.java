/** The Lambda functions of the stack: each class here is one handler, and the clients it needs. */
@NullMarked
package dev.onboard.functions;

import org.jspecify.annotations.NullMarked;
