package dev.onboard.functions.csv;

/**
 * The uploaded file as a whole cannot be imported; the message is one sentence for the person who
 * uploaded it.
 */
public final class UploadRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UploadRejectedException(String sentence) {
    super(sentence, null, false, false);
  }
}
