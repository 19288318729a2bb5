package dev.onboard.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;

class BusesAndRulesTest extends BusTest {
  private static final String PATTERN = "{\"source\":[\"shop\"]}";

  @Test
  void defaultBus_isAlwaysThere_andCannotBeDeleted() {
    assertThat(events.describeEventBus(r -> {}).arn()).isEqualTo(busArn("default"));
    assertRefused(
        () -> events.deleteEventBus(r -> r.name("default")),
        "ValidationException",
        "Cannot delete event bus default.");
  }

  @Test
  void bus_keepsItsPropertiesOverARestart() {
    var created =
        events.createEventBus(r ->
            r.name("orders")
                .description("of orders")
                .deadLetterConfig(d -> d.arn(queueArn("dead")))
                .logConfig(l -> l.level("INFO").includeDetail("FULL"))
                .tags(tag("team", "a")));
    assertThat(created.eventBusArn()).isEqualTo(busArn("orders"));
    events.updateEventBus(r -> r.name("orders").description("of all orders"));
    restart();
    var bus = events.describeEventBus(r -> r.name(busArn("orders")));
    assertThat(bus.name()).isEqualTo("orders");
    assertThat(bus.description()).isEqualTo("of all orders");
    assertThat(bus.deadLetterConfig().arn()).isEqualTo(queueArn("dead"));
    assertThat(bus.logConfig().levelAsString()).isEqualTo("INFO");
    assertThat(events.listTagsForResource(r -> r.resourceARN(busArn("orders"))).tags())
        .containsExactly(tag("team", "a"));
  }

  @Test
  void buses_areRefusedLikeOnAws() {
    events.createEventBus(r -> r.name("orders"));
    assertRefused(
        () -> events.createEventBus(r -> r.name("orders")),
        "ResourceAlreadyExistsException",
        "Event bus orders already exists.");
    assertRefused(
        () -> events.describeEventBus(r -> r.name("absent")),
        "ResourceNotFoundException",
        "Event bus absent does not exist.");
    assertRefused(
        () -> events.createEventBus(r -> r.name("a b")),
        "ValidationException",
        "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member"
            + " must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+");
    assertRefused(
        () -> events.createEventBus(r -> r.name("x").kmsKeyIdentifier("k")),
        "NotSupportedByLocalRuntime",
        "events:CreateEventBus with KmsKeyIdentifier is not supported: the local runtime does not"
            + " have it");
  }

  @Test
  void busThatIsNotThere_isDeletedInSilence() {
    events.deleteEventBus(r -> r.name("absent"));
    assertThat(events.listEventBuses(r -> {}).eventBuses())
        .extracting(EventBus::name)
        .containsExactly("default");
  }

  @Test
  void listsOfBuses_arePaged() {
    IntStream.range(0, 5).forEach(i -> events.createEventBus(r -> r.name("bus-" + i)));
    var first = events.listEventBuses(r -> r.namePrefix("bus-").limit(3));
    var second =
        events.listEventBuses(r -> r.namePrefix("bus-").limit(3).nextToken(first.nextToken()));
    assertThat(first.eventBuses())
        .extracting(EventBus::name)
        .containsExactly("bus-0", "bus-1", "bus-2");
    assertThat(second.eventBuses()).extracting(EventBus::name).containsExactly("bus-3", "bus-4");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void permissions_areStatementsOfThePolicy() {
    events.createEventBus(r -> r.name("orders"));
    events.putPermission(r ->
        r.eventBusName("orders")
            .action("events:PutEvents")
            .principal("111111111111")
            .statementId("one"));
    assertThat(events.describeEventBus(r -> r.name("orders")).policy())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"one\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                + "\"Action\":\"events:PutEvents\",\"Resource\":\""
                + busArn("orders")
                + "\"}]}");
    assertRefused(
        () -> events.removePermission(r -> r.eventBusName("orders").statementId("two")),
        "ResourceNotFoundException",
        "Statement with the provided id does not exist.");
    events.removePermission(r -> r.eventBusName("orders").statementId("one"));
    assertThat(events.describeEventBus(r -> r.name("orders")).policy()).isNull();
  }

  @Test
  void rule_isDescribedAndListed() {
    events.createEventBus(r -> r.name("orders"));
    var put =
        events.putRule(
            r -> r.eventBusName("orders").name("r1").eventPattern(PATTERN).description("d"));
    String arn = "arn:aws:events:us-east-1:000000000000:rule/orders/r1";
    assertThat(put.ruleArn()).isEqualTo(arn);
    var rule = events.describeRule(r -> r.eventBusName("orders").name("r1"));
    assertThat(rule.arn()).isEqualTo(arn);
    assertThat(rule.state()).isEqualTo(RuleState.ENABLED);
    assertThat(rule.createdBy()).isEqualTo("000000000000");
    assertThat(rule.eventBusName()).isEqualTo("orders");
    assertThat(events.listRules(r -> r.eventBusName("orders").namePrefix("r")).rules())
        .extracting(Rule::name, Rule::eventPattern)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("r1", PATTERN));
    assertThat(events.listRules(r -> {}).rules()).isEmpty();
  }

  @Test
  void rules_areRefusedLikeOnAws() {
    assertRefused(
        () -> events.putRule(r -> r.name("r")),
        "ValidationException",
        "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    assertRefused(
        () -> events.putRule(r -> r.name("r").eventPattern("{\"source\":[]}")),
        "InvalidEventPatternException",
        "Event pattern is not valid. Reason: Empty arrays are not allowed\n"
            + " at [Source: (String)\"{\"source\":[]}\"; line: 1, column: 13]");
    assertRefused(
        () -> events.describeRule(r -> r.name("absent")),
        "ResourceNotFoundException",
        "Rule absent does not exist on EventBus default.");
    assertRefused(
        () -> events.putRule(r -> r.eventBusName("absent").name("r").eventPattern(PATTERN)),
        "ResourceNotFoundException",
        "Event bus absent does not exist.");
    rule("r", PATTERN, queue("q"));
    assertRefused(
        () -> events.deleteRule(r -> r.name("r")),
        "ValidationException",
        "Rule can't be deleted since it has targets.");
    events.removeTargets(r -> r.rule("r").ids("q"));
    events.deleteRule(r -> r.name("r"));
    events.deleteRule(r -> r.name("r"));
    assertThat(events.listRules(r -> {}).rules()).isEmpty();
  }

  @Test
  void moreThan300RulesOnABus_areRefused_untilOneGoes() {
    IntStream.range(0, 300).forEach(i -> rule("r" + i, PATTERN));
    rule("r0", PATTERN);
    assertRefused(
        () -> rule("more", PATTERN),
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.");
    events.deleteRule(r -> r.name("r1"));
    events.deleteRule(r -> r.name("r1"));
    rule("more", PATTERN);
    assertRefused(
        () -> rule("still-more", PATTERN),
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.");
  }

  @Test
  void moreThanFiveTargets_areRefused_andNoneIsKept() {
    rule("r", PATTERN);
    var targets = IntStream.range(0, 6).mapToObj(i -> queue("q" + i)).toList();
    assertRefused(
        () -> events.putTargets(r -> r.rule("r").targets(targets)),
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.");
    assertThat(events.listTargetsByRule(r -> r.rule("r")).targets()).isEmpty();
  }

  @Test
  void targets_areListed_andFoundByTheirArn() {
    rule("r1", PATTERN, queue("q"));
    rule("r2", PATTERN, queue("q"), queue("z"));
    assertThat(events.listTargetsByRule(r -> r.rule("r2")).targets())
        .containsExactly(queue("q"), queue("z"));
    assertThat(events.listRuleNamesByTarget(r -> r.targetArn(queueArn("q"))).ruleNames())
        .containsExactly("r1", "r2");
    assertThat(events.listRuleNamesByTarget(r -> r.targetArn(queueArn("none"))).ruleNames())
        .isEmpty();
  }

  @Test
  void endpointsAndPartnerEventSources_areRefusedByName() {
    Map<String, ThrowingCallable> calls =
        Map.of(
            "CreateEndpoint", () -> events.createEndpoint(r -> r.name("e")),
            "ListEndpoints", () -> events.listEndpoints(r -> {}),
            "CreatePartnerEventSource", () -> events.createPartnerEventSource(r -> r.name("p")),
            "PutPartnerEvents", () -> events.putPartnerEvents(r -> {}),
            "ActivateEventSource", () -> events.activateEventSource(r -> r.name("s")),
            "ListEventSources", () -> events.listEventSources(r -> {}));
    calls.forEach((operation, call) ->
        assertRefused(
            call,
            "NotSupportedByLocalRuntime",
            "events:" + operation + " is not supported: the local runtime does not have it"));
  }

  @Test
  void targetsThatAreNotSupported_areRefusedByName() {
    rule("r", PATTERN);
    refusesTarget(
        target("t", "arn:aws:kinesis:us-east-1:000000000000:stream/s").build(),
        "NotSupportedByLocalRuntime",
        "events:PutTargets with a target arn:aws:kinesis:us-east-1:000000000000:stream/s is not"
            + " supported: the local runtime does not have it");
    refusesTarget(
        target("t", "arn:aws:sqs:eu-west-1:000000000000:q").build(),
        "NotSupportedByLocalRuntime",
        "events:PutTargets with a target of another account or region,"
            + " arn:aws:sqs:eu-west-1:000000000000:q, is not supported: the local runtime does not"
            + " have it");
    refusesTarget(
        target("t", queueArn("q")).ecsParameters(p -> p.taskDefinitionArn("t")).build(),
        "NotSupportedByLocalRuntime",
        "events:PutTargets with EcsParameters is not supported: the local runtime does not have"
            + " it");
    refusesTarget(
        target("t", "arn:aws:states:us-east-1:000000000000:stateMachine:m").build(),
        "ValidationException",
        "RoleArn is required for target arn:aws:states:us-east-1:000000000000:stateMachine:m.");
    refusesTarget(
        queue("q.fifo"),
        "ValidationException",
        "Parameter(s) SqsParameters must be specified for target: q.fifo.");
    refusesTarget(
        target("topic", "arn:aws:sns:us-east-1:000000000000:t")
            .sqsParameters(p -> p.messageGroupId("g"))
            .build(),
        "ValidationException",
        "Parameter(s) SqsParameters not valid for target: topic.");
    refusesTarget(
        target("!", queueArn("q")).build(),
        "ValidationException",
        "1 validation error detected: Value '!' at 'targets.1.member.id' failed to satisfy"
            + " constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
    refusesTarget(
        target("t", queueArn("q")).retryPolicy(p -> p.maximumRetryAttempts(186)).build(),
        "ValidationException",
        "1 validation error detected: Value '186' at"
            + " 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint:"
            + " Member must have value less than or equal to 185");
  }

  @Test
  void tags_ofARule_goWithIt() {
    events.putRule(r -> r.name("r").eventPattern(PATTERN).tags(tag("a", "1"), tag("b", "2")));
    String arn = "arn:aws:events:us-east-1:000000000000:rule/r";
    events.untagResource(r -> r.resourceARN(arn).tagKeys("a", "none"));
    assertThat(events.listTagsForResource(r -> r.resourceARN(arn)).tags())
        .containsExactly(tag("b", "2"));
    events.deleteRule(r -> r.name("r"));
    assertRefused(
        () -> events.listTagsForResource(r -> r.resourceARN(arn)),
        "ResourceNotFoundException",
        "Rule r does not exist on EventBus default.");
    events.putRule(r -> r.name("r").eventPattern(PATTERN));
    assertThat(events.listTagsForResource(r -> r.resourceARN(arn)).tags()).isEmpty();
  }

  @Test
  void putEvents_answersForEachEntry() {
    rule("all", "{\"source\":[{\"prefix\":\"\"}]}", queue("q"));
    var good = entry("default", "shop", "{}");
    List<PutEventsRequestEntry> entries =
        List.of(
            good,
            good.toBuilder().source(null).build(),
            good.toBuilder().detailType("").build(),
            good.toBuilder().detail(null).build(),
            good.toBuilder().detail("[]").build(),
            good.toBuilder().detail("{\"a\":1}{").build(),
            good.toBuilder().source("aws.s3").build(),
            good.toBuilder().eventBusName("absent").build());
    var response = events.putEvents(r -> r.entries(entries));
    assertThat(response.failedEntryCount()).isEqualTo(6);
    assertThat(response.entries())
        .extracting(PutEventsResultEntry::errorCode)
        .containsExactly(
            null,
            "InvalidArgument",
            "InvalidArgument",
            "InvalidArgument",
            "MalformedDetail",
            "MalformedDetail",
            "NotAuthorizedForSourceException",
            null);
    assertThat(response.entries().get(1).errorMessage())
        .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
    assertThat(bodies("q")).hasSize(1);
  }

  @Test
  void servicesOfAws_mayUseTheirSource() {
    rule("r", "{\"source\":[\"aws.s3\"]}", queue("q"));
    var time = java.time.Instant.parse("2020-02-03T04:05:06.789Z");
    as("s3.amazonaws.com")
        .putEvents(r ->
            r.entries(
                entry("default", "aws.s3", "{}").toBuilder()
                    .time(time)
                    .resources("arn:aws:s3:::b")
                    .build()));
    assertThat(bodies("q").getFirst())
        .contains("\"time\":\"2020-02-03T04:05:06Z\"", "\"resources\":[\"arn:aws:s3:::b\"]");
  }

  @Test
  void putEvents_refusesTooManyAndTooLarge() {
    var entries = java.util.Collections.nCopies(11, entry("default", "shop", "{}"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> events.putEvents(r -> r.entries(entries)))
        .hasMessageStartingWith(
            "1 validation error detected: Value '[PutEventsRequestEntry(time=null, source=shop,"
                + " resources=null, detailType=Test, detail={}, eventBusName=default,"
                + " traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null), ")
        .hasMessageContaining(
            ")]' at 'entries' failed to satisfy constraint: Member must have length less than or"
                + " equal to 10");
    var large = entry("default", "shop", "{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
    assertRefused(
        () -> events.putEvents(r -> r.entries(large)),
        "ValidationException",
        "Total size of the entries in the request is over the limit.");
  }

  private void refusesTarget(Target target, String code, String message) {
    assertRefused(() -> events.putTargets(r -> r.rule("r").targets(target)), code, message);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
