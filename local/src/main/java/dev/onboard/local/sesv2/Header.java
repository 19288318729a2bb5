package dev.onboard.local.sesv2;

/** One header field of a mail. */
record Header(String name, String value) {}
