package dev.onboard.local.call;

/** Who makes a call. */
public sealed interface Principal {

  /** The ARN as {@code sts get-caller-identity} says it; for a service its host name. */
  String arn();

  /** A user with access keys; the administrator is one. */
  record User(String account, String name) implements Principal {
    @Override
    public String arn() {
      return "arn:aws:iam::" + account + ":user/" + name;
    }
  }

  /** A session of a role: of a function, a state machine, a rule or somebody who assumed it. */
  record RoleSession(String roleArn, String sessionName) implements Principal {
    @Override
    public String arn() {
      String[] parts = roleArn.split(":", 6);
      String role = parts[5].substring(parts[5].lastIndexOf('/') + 1);
      return "arn:aws:sts::" + parts[4] + ":assumed-role/" + role + "/" + sessionName;
    }
  }

  /** An AWS service that acts in its own name, such as {@code events.amazonaws.com}. */
  record Service(String host) implements Principal {
    @Override
    public String arn() {
      return host;
    }
  }
}
