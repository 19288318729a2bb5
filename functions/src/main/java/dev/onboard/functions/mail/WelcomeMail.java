package dev.onboard.functions.mail;

import org.jspecify.annotations.Nullable;

/**
 * A welcome mail to be sent.
 *
 * @param eventId of the UserCreated event
 * @param importId of the import that counts the mail, if one does
 * @param name to greet, if one is known
 */
public record WelcomeMail(
    String userId,
    String eventId,
    String email,
    @Nullable String importId,
    @Nullable String name) {}
