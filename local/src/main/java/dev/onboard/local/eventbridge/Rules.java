package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Principal;
import dev.onboard.local.store.Row;
import dev.onboard.local.store.Tx;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** The rules of every bus. */
final class Rules {
  private final Environment env;
  private final Quotas quotas;
  private final Names names;
  private final EventPatterns patterns;
  private final Routes routes;
  private final Schedules schedules;
  private final Tags tags;

  Rules(
      Environment env,
      Quotas quotas,
      Names names,
      EventPatterns patterns,
      Routes routes,
      Schedules schedules,
      Tags tags) {
    this.env = env;
    this.quotas = quotas;
    this.names = names;
    this.patterns = patterns;
    this.routes = routes;
    this.schedules = schedules;
    this.tags = tags;
  }

  PutRuleResponse put(PutRuleRequest request) {
    check(request);
    String bus = names.bus(request.eventBusName());
    String arn = names.ruleArn(bus, request.name());
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          requireUnmanaged(tx, bus, request.name());
          boolean isNew = !exists(tx, bus, request.name());
          if (isNew && count(tx, bus) >= quotas.rules()) {
            throw EventErrors.limit();
          }
          store(tx, bus, request);
          if (isNew) {
            tx.update("UPDATE events_bus SET rules = rules + 1 WHERE name = ?", bus);
            tags.replace(tx, arn, request.tags());
          }
          changed(bus, request.name());
          return null;
        });
    return PutRuleResponse.builder().ruleArn(arn).build();
  }

  DescribeRuleResponse describe(DescribeRuleRequest request) {
    new Constraints().required("name", request.name()).name("name", request.name(), 64).check();
    String bus = names.bus(request.eventBusName());
    return env.store()
        .read(tx -> {
          Buses.require(tx, bus);
          return tx.first(
                  "SELECT * FROM events_rule WHERE bus = ? AND name = ?",
                  r -> description(bus, r),
                  bus,
                  request.name())
              .orElseThrow(() -> EventErrors.noRule(request.name(), bus));
        });
  }

  ListRulesResponse list(ListRulesRequest request) {
    new Constraints()
        .name("namePrefix", request.namePrefix(), 64)
        .range("limit", request.limit(), 1, 100)
        .check();
    String bus = names.bus(request.eventBusName());
    String prefix = request.namePrefix() == null ? "" : request.namePrefix();
    List<Rule> all =
        env.store()
            .read(tx -> {
              Buses.require(tx, bus);
              return tx.list(
                  "SELECT * FROM events_rule WHERE bus = ? AND substr(name, 1, ?) = ?"
                      + " ORDER BY name",
                  r -> summary(bus, r),
                  bus,
                  prefix.length(),
                  prefix);
            });
    Pages<Rule> page = Pages.of(all, Rule::name, request.limit(), request.nextToken());
    return ListRulesResponse.builder().rules(page.page()).nextToken(page.token()).build();
  }

  void setState(@Nullable String busName, String rule, RuleState state) {
    new Constraints().required("name", rule).name("name", rule, 64).check();
    String bus = names.bus(busName);
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          require(tx, bus, rule);
          requireUnmanaged(tx, bus, rule);
          String schedule =
              tx.first(
                      "SELECT coalesce(schedule, '') FROM events_rule"
                          + " WHERE bus = ? AND name = ?",
                      r -> r.string(1),
                      bus,
                      rule)
                  .orElse("");
          tx.update(
              "UPDATE events_rule SET state = ?, fires = ? WHERE bus = ? AND name = ?",
              state,
              state == RuleState.DISABLED || schedule.isEmpty() ? null : schedules.first(schedule),
              bus,
              rule);
          changed(bus, rule);
          return null;
        });
  }

  DeleteRuleResponse delete(DeleteRuleRequest request) {
    new Constraints().required("name", request.name()).name("name", request.name(), 64).check();
    String bus = names.bus(request.eventBusName());
    String rule = request.name();
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          requireUnmanaged(tx, bus, rule, request.force());
          if (tx.exists(
              "SELECT 1 FROM events_target WHERE bus = ? AND rule = ? LIMIT 1", bus, rule)) {
            throw EventErrors.validation("Rule can't be deleted since it has targets.");
          }
          int gone = tx.update("DELETE FROM events_rule WHERE bus = ? AND name = ?", bus, rule);
          tx.update("UPDATE events_bus SET rules = rules - ? WHERE name = ?", gone, bus);
          tags.remove(tx, names.ruleArn(bus, rule));
          changed(bus, rule);
          return null;
        });
    return DeleteRuleResponse.builder().build();
  }

  /** Refuses a request about a rule that does not exist. */
  static void require(Tx tx, String bus, String rule) {
    if (!exists(tx, bus, rule)) {
      throw EventErrors.noRule(rule, bus);
    }
  }

  /** The service that calls and so manages what it puts; null if it is none. */
  static @Nullable String manager() {
    return Call.current().caller() instanceof Principal.Service(String host) ? host : null;
  }

  /** Refuses to change a rule that a service of AWS manages, unless that service asks. */
  static void requireUnmanaged(Tx tx, String bus, String rule) {
    if (isOthers(tx, bus, rule)) {
      throw EventErrors.managed(rule, false);
    }
  }

  /** Refuses to remove what a service of AWS manages, unless that is forced. */
  static void requireUnmanaged(Tx tx, String bus, String rule, @Nullable Boolean force) {
    if (!Boolean.TRUE.equals(force) && isOthers(tx, bus, rule)) {
      throw EventErrors.managed(rule, true);
    }
  }

  private static boolean isOthers(Tx tx, String bus, String rule) {
    return tx.exists(
        "SELECT 1 FROM events_rule WHERE bus = ? AND name = ? AND managed_by <> ?",
        bus,
        rule,
        Objects.requireNonNullElse(manager(), ""));
  }

  /** The number of a route, which is made if it is new. */
  static long route(Tx tx, String bus, String rule, String target, String arn) {
    tx.update(
        "INSERT OR IGNORE INTO events_route(bus, rule, target, arn) VALUES (?, ?, ?, ?)",
        bus,
        rule,
        target,
        arn);
    return tx.number(
        "SELECT id FROM events_route WHERE bus = ? AND rule = ? AND target = ? AND arn = ?",
        bus,
        rule,
        target,
        arn);
  }

  private void changed(String bus, String rule) {
    env.store()
        .afterCommit(() -> {
          routes.reloadRule(bus, rule);
          schedules.reload(bus, rule);
        });
  }

  private void check(PutRuleRequest request) {
    new Constraints()
        .required("name", request.name())
        .name("name", request.name(), 64)
        .length("eventPattern", request.eventPattern(), 0, Quotas.LONGEST_PATTERN)
        .length("scheduleExpression", request.scheduleExpression(), 0, 256)
        .length("description", request.description(), 0, 512)
        .length("roleArn", request.roleArn(), 1, 1600)
        .pattern("eventBusName", request.eventBusName(), Constraints.BUS_NAME_OR_ARN)
        .length("eventBusName", request.eventBusName(), 1, 1600)
        .choice("state", request.stateAsString(), RuleState.knownValues())
        .check();
    boolean hasPattern = request.eventPattern() != null && !request.eventPattern().isEmpty();
    boolean hasSchedule =
        request.scheduleExpression() != null && !request.scheduleExpression().isEmpty();
    if (!hasPattern && !hasSchedule) {
      throw EventErrors.validation(
          "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (hasPattern) {
      patterns.check(request.eventPattern());
    }
    if (hasSchedule) {
      if (!names.bus(request.eventBusName()).equals(Names.DEFAULT_BUS)) {
        throw EventErrors.validation(
            "ScheduleExpression is supported only on the default event bus.");
      }
      schedules.check(request.scheduleExpression());
    }
  }

  private void store(Tx tx, String bus, PutRuleRequest request) {
    RuleState state = request.state() == null ? RuleState.ENABLED : request.state();
    String pattern = emptyAsNull(request.eventPattern());
    String schedule = emptyAsNull(request.scheduleExpression());
    tx.update(
        "INSERT OR REPLACE INTO events_rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bus,
        request.name(),
        pattern,
        schedule,
        state,
        request.description(),
        request.roleArn(),
        env.account(),
        schedule == null || state == RuleState.DISABLED ? null : schedules.first(schedule),
        route(tx, bus, request.name(), "", ""),
        manager());
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private DescribeRuleResponse description(String bus, Row row) {
    return DescribeRuleResponse.builder()
        .name(row.string("name"))
        .arn(names.ruleArn(bus, row.string("name")))
        .eventPattern(row.stringOrNull("pattern"))
        .scheduleExpression(row.stringOrNull("schedule"))
        .state(row.string("state"))
        .managedBy(row.stringOrNull("managed_by"))
        .description(row.stringOrNull("description"))
        .roleArn(row.stringOrNull("role"))
        .eventBusName(bus)
        .createdBy(row.string("created_by"))
        .build();
  }

  private Rule summary(String bus, Row row) {
    return Rule.builder()
        .name(row.string("name"))
        .arn(names.ruleArn(bus, row.string("name")))
        .eventPattern(row.stringOrNull("pattern"))
        .scheduleExpression(row.stringOrNull("schedule"))
        .state(row.string("state"))
        .managedBy(row.stringOrNull("managed_by"))
        .description(row.stringOrNull("description"))
        .roleArn(row.stringOrNull("role"))
        .eventBusName(bus)
        .build();
  }

  private static boolean exists(Tx tx, String bus, String rule) {
    return tx.exists("SELECT 1 FROM events_rule WHERE bus = ? AND name = ?", bus, rule);
  }

  private static long count(Tx tx, String bus) {
    return tx.number("SELECT rules FROM events_bus WHERE name = ?", bus);
  }
}
