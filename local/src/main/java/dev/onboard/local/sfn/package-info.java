/**
 * Step Functions: state machines, executions and map runs behind the SDK's own client interface.
 */
@NullMarked
package dev.onboard.local.sfn;

import org.jspecify.annotations.NullMarked;
