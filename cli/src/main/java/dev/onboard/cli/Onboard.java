package dev.onboard.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

/** The command {@code onboard}. */
@Command(
    name = "onboard",
    mixinStandardHelpOptions = true,
    version = "onboard 1.0.0",
    description =
        "A CSV of people becomes users and welcome mails, as events on a custom EventBridge bus.",
    subcommands = {
      UpCommand.class,
      CheckCommand.class,
      ImportCommand.class,
      DeployCommand.class,
      DestroyCommand.class,
      MailCommand.class,
      EventsCommand.class,
      RulesCommand.class,
      WhyCommand.class,
      PublishCommand.class,
      SchemaCommand.class,
      ReplayCommand.class,
      LogsCommand.class,
      StoryCommand.class,
      CostCommand.class,
      TimeCommand.class
    },
    footer = {"", "Example:", "  ./onboard import examples/users.csv"})
public final class Onboard implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** It warns of every keyword that OpenAPI has and JSON Schema has not. */
  private static final java.util.logging.Logger VALIDATOR =
      java.util.logging.Logger.getLogger("com.networknt");

  private Onboard() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say which command.");
  }

  /** Runs one command and ends with its exit code: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] arguments) {
    quiet();
    System.exit(commandLine().execute(arguments));
  }

  /** Runs one command within this process and answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Onboard())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Onboard::failed);
  }

  /** One clear line; the stack trace only for those who ask for it. */
  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println("onboard: " + words(e));
    if (System.getenv("ONBOARD_DEBUG") != null) {
      e.printStackTrace(command.getErr());
    }
    return e instanceof Failure failure ? failure.exitCode() : 1;
  }

  private static String words(Exception e) {
    return switch (e) {
      case Failure failure -> failure.getMessage();
      case SdkException sdk -> "AWS: " + sdk.getMessage();
      case UncheckedIOException wrapped -> words(wrapped.getCause());
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException absent -> absent.getFile() + " is not there";
      case FileAlreadyExistsException there -> there.getFile() + " is there already, and no folder";
      case FileSystemException other -> other.getMessage();
      default -> e.toString();
    };
  }

  /** What libraries log is for those who look for it, not for the terminal. */
  private static void quiet() {
    LogManager.getLogManager().reset();
    var root = java.util.logging.Logger.getLogger("");
    var handler = new java.util.logging.ConsoleHandler();
    handler.setLevel(java.util.logging.Level.WARNING);
    handler.setFormatter(new LogLine());
    root.addHandler(handler);
    root.setLevel(java.util.logging.Level.WARNING);
    VALIDATOR.setLevel(java.util.logging.Level.SEVERE);
  }
}
