package dev.onboard.local.lambda.host;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.ContextImpl;
import com.amazonaws.services.lambda.crac.Core;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * What a function registered to be run before SnapStart takes its snapshot and after it is
 * restored.
 *
 * <p>AWS's own walk over the hooks ends in native code for Linux, which empties a cache of
 * addresses that is of no matter here; so the hooks are run without it.
 */
final class SnapshotHooks {
  private SnapshotHooks() {}

  static void run() throws Throwable {
    beforeCheckpoint();
    Core.getGlobalContext().afterRestore(null);
  }

  static void beforeCheckpoint() throws Throwable {
    Context<?> context = Core.getGlobalContext();
    Method hooks = ContextImpl.class.getDeclaredMethod("executeBeforeCheckpointHooks");
    hooks.setAccessible(true);
    try {
      hooks.invoke(context);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
