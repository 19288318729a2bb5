package dev.onboard.functions.storage;

import java.io.OutputStream;

/** An object that is being written; closed before it is complete it never existed. */
public abstract class ObjectUpload extends OutputStream {

  /** Makes the object exist with what was written. */
  public abstract void complete();

  /** Gives the object up unless it is complete. */
  @Override
  public abstract void close();
}
