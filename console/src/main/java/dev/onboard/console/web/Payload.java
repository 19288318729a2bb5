package dev.onboard.console.web;

/** An answer that is sent as it is. */
public sealed interface Payload extends Answer permits Document, Download {}
