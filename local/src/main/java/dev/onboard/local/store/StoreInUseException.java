package dev.onboard.local.store;

import java.nio.file.Path;

/** The folder is open in another runtime. */
public final class StoreInUseException extends RuntimeException {
  StoreInUseException(Path folder) {
    super("the data folder " + folder + " is in use by another runtime");
  }
}
