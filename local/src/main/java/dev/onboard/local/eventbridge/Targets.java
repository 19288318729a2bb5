package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.store.Tx;
import dev.onboard.local.wire.SdkJson;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The targets of every rule. */
final class Targets {
  private final Environment env;
  private final Names names;
  private final Routes routes;

  Targets(Environment env, Names names, Routes routes) {
    this.env = env;
    this.names = names;
    this.routes = routes;
  }

  PutTargetsResponse put(PutTargetsRequest request) {
    new Constraints()
        .required("rule", request.rule())
        .name("rule", request.rule(), 64)
        .size("targets", request.targets(), 1, 100)
        .check();
    new TargetCheck(names).all(request.targets());
    String bus = names.bus(request.eventBusName());
    String rule = request.rule();
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          Rules.require(tx, bus, rule);
          Rules.requireUnmanaged(tx, bus, rule);
          for (Target target : request.targets()) {
            tx.update(
                "INSERT OR REPLACE INTO events_target VALUES (?, ?, ?, ?, ?)",
                bus,
                rule,
                target.id(),
                target.arn(),
                SdkJson.write(target));
            Rules.route(tx, bus, rule, target.id(), target.arn());
          }
          if (count(tx, bus, rule) > Limits.TARGETS) {
            throw EventErrors.limit();
          }
          env.store().afterCommit(() -> routes.reloadRule(bus, rule));
          return null;
        });
    return PutTargetsResponse.builder().failedEntryCount(0).failedEntries(List.of()).build();
  }

  RemoveTargetsResponse remove(RemoveTargetsRequest request) {
    new Constraints()
        .required("rule", request.rule())
        .name("rule", request.rule(), 64)
        .size("ids", request.ids(), 1, 100)
        .check();
    String bus = names.bus(request.eventBusName());
    String rule = request.rule();
    env.store()
        .write(tx -> {
          Buses.require(tx, bus);
          Rules.require(tx, bus, rule);
          Rules.requireUnmanaged(tx, bus, rule, request.force());
          request
              .ids()
              .forEach(id ->
                  tx.update(
                      "DELETE FROM events_target WHERE bus = ? AND rule = ? AND id = ?",
                      bus,
                      rule,
                      id));
          env.store().afterCommit(() -> routes.reloadRule(bus, rule));
          return null;
        });
    return RemoveTargetsResponse.builder().failedEntryCount(0).failedEntries(List.of()).build();
  }

  ListTargetsByRuleResponse list(ListTargetsByRuleRequest request) {
    new Constraints()
        .required("rule", request.rule())
        .name("rule", request.rule(), 64)
        .range("limit", request.limit(), 1, 100)
        .check();
    String bus = names.bus(request.eventBusName());
    List<Target> all =
        env.store()
            .read(tx -> {
              Buses.require(tx, bus);
              Rules.require(tx, bus, request.rule());
              return tx.list(
                  "SELECT body FROM events_target WHERE bus = ? AND rule = ? ORDER BY id",
                  r -> SdkJson.read(Target.class, r.string(1)),
                  bus,
                  request.rule());
            });
    Pages<Target> page = Pages.of(all, Target::id, request.limit(), request.nextToken());
    return ListTargetsByRuleResponse.builder().targets(page.page()).nextToken(page.token()).build();
  }

  ListRuleNamesByTargetResponse rulesOf(ListRuleNamesByTargetRequest request) {
    new Constraints()
        .required("targetArn", request.targetArn())
        .length("targetArn", request.targetArn(), 1, 1600)
        .range("limit", request.limit(), 1, 100)
        .check();
    String bus = names.bus(request.eventBusName());
    List<String> all =
        env.store()
            .read(tx -> {
              Buses.require(tx, bus);
              return tx.list(
                  "SELECT DISTINCT rule FROM events_target WHERE arn = ? AND bus = ?"
                      + " ORDER BY rule",
                  r -> r.string(1),
                  request.targetArn(),
                  bus);
            });
    Pages<String> page = Pages.of(all, n -> n, request.limit(), request.nextToken());
    return ListRuleNamesByTargetResponse.builder()
        .ruleNames(page.page())
        .nextToken(page.token())
        .build();
  }

  private static long count(Tx tx, String bus, String rule) {
    return tx.number("SELECT count(*) FROM events_target WHERE bus = ? AND rule = ?", bus, rule);
  }
}
