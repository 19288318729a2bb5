package dev.onboard.local.schemas.binding;

/** Says why no code can be made from a schema. */
public final class BindingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BindingException(String message) {
    super(message);
  }
}
