package dev.onboard.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stack as the local runtime deploys it for whoever just wants to go on. */
final class Deployed {
  /** Who the welcome mails are from if nobody says otherwise; nothing leaves the machine. */
  private static final String SENDER = "welcome@onboard.example";

  /** The runtime tells of accepted mails at once, and nobody wants to wait after a crash. */
  private static final String MAIL_GRACE_SECONDS = "15";

  private Deployed() {}

  /** Deploys or updates the stack and answers its outputs. */
  static Map<String, String> locally(
      Clients clients, String stack, PrintWriter out, boolean terse) {
    return locally(clients, stack, Map.of(), out, terse);
  }

  static Map<String, String> locally(
      Clients clients, String stack, Map<String, String> given, PrintWriter out, boolean terse) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("SenderAddress", SENDER);
    parameters.put("MailGraceSeconds", MAIL_GRACE_SECONDS);
    parameters.putAll(given);
    return with(clients, stack, parameters, out, terse);
  }

  static Map<String, String> with(
      Clients clients,
      String stack,
      Map<String, String> parameters,
      PrintWriter out,
      boolean terse) {
    Project project = Project.here();
    parameters.putIfAbsent("Release", project.release());
    return new Deployment(clients, stack, out, terse).run(project, parameters);
  }
}
