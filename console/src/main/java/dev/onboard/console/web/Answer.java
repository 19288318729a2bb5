package dev.onboard.console.web;

/** What a request is answered with. */
public sealed interface Answer permits View, Redirect, Payload {}
