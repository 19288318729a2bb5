package dev.onboard.local.call;

import java.util.Map;

/** A body after which further headers come. */
public interface Trailers {

  /** The headers by their lower-case names; complete once the body was read to its end. */
  Map<String, String> trailers();
}
