/**
 * CloudFormation: templates, change sets and stacks, deployed as the caller and durable at every
 * step.
 */
@NullMarked
package dev.onboard.local.cloudformation;

import org.jspecify.annotations.NullMarked;
