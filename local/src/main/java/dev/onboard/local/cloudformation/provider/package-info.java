/**
 * The resource types: one class for each, which maps its properties to calls of the services as the
 * deployer.
 */
@NullMarked
package dev.onboard.local.cloudformation.provider;

import org.jspecify.annotations.NullMarked;
