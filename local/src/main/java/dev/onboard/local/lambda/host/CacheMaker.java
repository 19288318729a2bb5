package dev.onboard.local.lambda.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The main class of the small process that has an ahead-of-time cache made and puts it in place
 * once it is whole, be the runtime still there or not.
 */
public final class CacheMaker {
  private CacheMaker() {}

  /**
   * Makes a cache.
   *
   * @param arguments the file it goes to, the file it is written to meanwhile, then the command of
   *     the process that writes it
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path cache = Path.of(arguments[0]);
    Path unfinished = Path.of(arguments[1]);
    var command = List.of(arguments).subList(2, arguments.length);
    Path log = cache.resolveSibling(cache.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (process.waitFor() == 0 && Files.exists(unfinished)) {
      Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(log);
    } else {
      // A log that stays says that there is one being made.
      Files.deleteIfExists(unfinished);
      Files.move(
          log,
          cache.resolveSibling(cache.getFileName() + ".failed"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
