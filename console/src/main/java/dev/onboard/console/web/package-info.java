/** What every page of the console is made of: requests, answers, routes, layout, live updates. */
@NullMarked
package dev.onboard.console.web;

import org.jspecify.annotations.NullMarked;
