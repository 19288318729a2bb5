/**
 * What the stack would cost on AWS: what was metered, times list prices, beside a plainer design.
 */
@NullMarked
package dev.onboard.console.cost;

import org.jspecify.annotations.NullMarked;
