package dev.onboard.functions;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * What a function does once before Lambda takes its SnapStart snapshot, so that no restored one has
 * to.
 */
final class Snapshot implements Resource {

  /** A step that loads what a first invocation would load. */
  @FunctionalInterface
  interface Priming {
    void run() throws Exception;
  }

  /** The context refers to its resources weakly. */
  private static final List<Resource> REGISTERED = new ArrayList<>();

  private final Priming priming;

  private Snapshot(Priming priming) {
    this.priming = priming;
  }

  /** Runs the step before the snapshot; without SnapStart never. */
  static void prime(Priming priming) {
    if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      Resource resource = new Snapshot(priming);
      REGISTERED.add(resource);
      Core.getGlobalContext().register(resource);
    }
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    try {
      priming.run();
    } catch (Exception e) {
      // A slow first invocation is no reason to publish no version.
      Logger logger = System.getLogger(Snapshot.class.getName());
      logger.log(Level.WARNING, "priming failed", e);
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients open their connections when they need them.
  }
}
