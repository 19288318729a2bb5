package dev.onboard.local.sesv2;

import dev.onboard.local.call.AwsErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sesv2.model.InvalidNextTokenException;

/**
 * Which page of a listing is asked for. Listings are ordered by name and read one more than they
 * give.
 *
 * @param after the name after which it begins
 */
record Page(String after, int size) {
  static Page of(@Nullable String token, @Nullable Integer size) {
    if (size != null && (size < 0 || size > Limits.PAGE)) {
      throw SesErrors.badRequest("The page size must be between 0 and " + Limits.PAGE + ".");
    }
    int entries = size == null || size == 0 ? Limits.PAGE : size;
    if (token == null || token.isEmpty()) {
      return new Page("", entries);
    }
    try {
      byte[] name = Base64.getUrlDecoder().decode(token);
      return new Page(new String(name, StandardCharsets.UTF_8), entries);
    } catch (IllegalArgumentException e) {
      throw AwsErrors.error(
          InvalidNextTokenException.builder(),
          400,
          "InvalidNextTokenException",
          "The specified request includes an invalid or expired token.");
    }
  }

  <T> List<T> entries(List<T> found) {
    return found.size() > size ? found.subList(0, size) : found;
  }

  <T> @Nullable String next(List<T> found, Function<T, String> name) {
    if (found.size() <= size) {
      return null;
    }
    byte[] last = name.apply(found.get(size - 1)).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last);
  }
}
