package dev.onboard.console.web;

/**
 * What every page is given.
 *
 * @param sdk the services
 * @param questions what only the runtime knows
 * @param links the ways to other pages
 */
public record Environment(Sdk sdk, Questions questions, Links links) {}
