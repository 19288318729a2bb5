package dev.onboard.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    footer = {"", "Example:", "  ./onboard import examples/users.csv"})
public final class Onboard implements Runnable {
  /** In the order in which they are told of. */
  static final Map<String, Class<?>> COMMANDS = commands();

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
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** Runs one command within this process and answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(arguments).setOut(out).setErr(err).execute(arguments);
  }

  /** Knows all commands, or the one that is asked for: making them takes a while. */
  private static CommandLine commandLine(String... arguments) {
    var line = new CommandLine(new Onboard());
    Class<?> asked = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    (asked == null ? COMMANDS.values() : List.<Class<?>>of(asked)).forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Onboard::failed);
  }

  private static Map<String, Class<?>> commands() {
    var commands = new LinkedHashMap<String, Class<?>>();
    commands.put("up", UpCommand.class);
    commands.put("check", CheckCommand.class);
    commands.put("import", ImportCommand.class);
    commands.put("deploy", DeployCommand.class);
    commands.put("destroy", DestroyCommand.class);
    commands.put("mail", MailCommand.class);
    commands.put("events", EventsCommand.class);
    commands.put("rules", RulesCommand.class);
    commands.put("why", WhyCommand.class);
    commands.put("publish", PublishCommand.class);
    commands.put("schema", SchemaCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("logs", LogsCommand.class);
    commands.put("story", StoryCommand.class);
    commands.put("cost", CostCommand.class);
    commands.put("time", TimeCommand.class);
    return Collections.unmodifiableMap(commands);
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
