package dev.onboard.local.eventbridge;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.CancelReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.CreateApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.CreateArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DeauthorizeConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DeauthorizeConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListApiDestinationsRequest;
import software.amazon.awssdk.services.eventbridge.model.ListApiDestinationsResponse;
import software.amazon.awssdk.services.eventbridge.model.ListArchivesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListArchivesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListConnectionsRequest;
import software.amazon.awssdk.services.eventbridge.model.ListConnectionsResponse;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListReplaysRequest;
import software.amazon.awssdk.services.eventbridge.model.ListReplaysResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.StartReplayRequest;
import software.amazon.awssdk.services.eventbridge.model.StartReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.TagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.TagResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternRequest;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternResponse;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateApiDestinationRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateApiDestinationResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateArchiveRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateArchiveResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateConnectionRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateConnectionResponse;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusResponse;

/** EventBridge with its classic event buses. */
public final class LocalEventBridge implements EventBridgeClient, Resumable {
  private final EventPatterns patterns;
  private final Buses buses;
  private final Rules rules;
  private final Targets targets;
  private final Tags tags;
  private final Schedules schedules;
  private final Archives archives;
  private final Dispatcher dispatcher;
  private final MeteredIntake calls;
  private final Replays replays;
  private final Outside outside;
  private final Telemetry telemetry;
  private final Connections connections;
  private final ApiDestinations destinations;
  private final Router router;

  public LocalEventBridge(Environment env) {
    this(env, Quotas.DEFAULT);
  }

  public LocalEventBridge(Environment env, Quotas quotas) {
    this(env, quotas, Limits.TRAIL_EVENTS);
  }

  LocalEventBridge(Environment env, Quotas quotas, int trailEvents) {
    Tables.migrate(env.store());
    var names = new Names(env);
    outside = new Outside();
    connections = new Connections(env, quotas, names, new Tokens(env, outside));
    destinations = new ApiDestinations(env, quotas, names, connections);
    var channels = new Channels(env, new DestinationChannel(env, connections, outside));
    var routes = new Routes(env.store(), names, channels);
    var routing = new AtomicReference<Router>();
    patterns = new EventPatterns(quotas.patternLength());
    tags = new Tags(env.store(), names);
    var metrics = new BusMetrics(env);
    var logs = new BusLogs(env, names, new VendedLogs(env, names));
    telemetry = new Telemetry(env.store(), names, metrics, logs, new EventMeter(env.meter()));
    buses = new Buses(env, quotas, names, routes, tags, logs);
    buses.ensureDefault();
    schedules = new Schedules(env, names, routes, routing::get);
    rules = new Rules(env, quotas, names, patterns, routes, schedules, tags);
    targets = new Targets(env, names, routes);
    archives = new Archives(env, names, patterns, routes);
    var deliveries = new Deliveries(channels.queues(), telemetry);
    var trail = new TrailKeeper(env.store(), trailEvents);
    dispatcher = new Dispatcher(env.store(), env.clock(), routes, deliveries, trail, telemetry);
    router =
        new Router(
            env.store(),
            env.clock(),
            names,
            routes,
            deliveries,
            archives,
            trail,
            dispatcher,
            telemetry);
    routing.set(router);
    calls = new MeteredIntake(new Intake(env, names, router, telemetry), metrics, env.clock());
    replays = new Replays(env, quotas, names, archives, router);
    routes.load();
    logs.reload();
  }

  /** Lets somebody watch every event that is accepted. */
  public void watch(EventWatcher watcher) {
    router.watch(watcher);
  }

  @Override
  public String serviceName() {
    return "events";
  }

  @Override
  public void resume() {
    archives.resume();
    schedules.resume();
    replays.resume();
    connections.resume();
    dispatcher.wake();
  }

  @Override
  public void close() {
    dispatcher.close();
    replays.close();
    outside.close();
    telemetry.close();
  }

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    return calls.put(request);
  }

  @Override
  public TestEventPatternResponse testEventPattern(TestEventPatternRequest request) {
    boolean matches = patterns.test(request.event(), request.eventPattern());
    return TestEventPatternResponse.builder().result(matches).build();
  }

  @Override
  public CreateEventBusResponse createEventBus(CreateEventBusRequest request) {
    return buses.create(request);
  }

  @Override
  public UpdateEventBusResponse updateEventBus(UpdateEventBusRequest request) {
    return buses.update(request);
  }

  @Override
  public DeleteEventBusResponse deleteEventBus(DeleteEventBusRequest request) {
    return buses.delete(request);
  }

  @Override
  public DescribeEventBusResponse describeEventBus(DescribeEventBusRequest request) {
    return buses.describe(request);
  }

  @Override
  public ListEventBusesResponse listEventBuses(ListEventBusesRequest request) {
    return buses.list(request);
  }

  @Override
  public PutPermissionResponse putPermission(PutPermissionRequest request) {
    return buses.putPermission(request);
  }

  @Override
  public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    return buses.removePermission(request);
  }

  @Override
  public PutRuleResponse putRule(PutRuleRequest request) {
    return rules.put(request);
  }

  @Override
  public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
    return rules.describe(request);
  }

  @Override
  public ListRulesResponse listRules(ListRulesRequest request) {
    return rules.list(request);
  }

  @Override
  public EnableRuleResponse enableRule(EnableRuleRequest request) {
    rules.setState(request.eventBusName(), request.name(), RuleState.ENABLED);
    return EnableRuleResponse.builder().build();
  }

  @Override
  public DisableRuleResponse disableRule(DisableRuleRequest request) {
    rules.setState(request.eventBusName(), request.name(), RuleState.DISABLED);
    return DisableRuleResponse.builder().build();
  }

  @Override
  public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
    return rules.delete(request);
  }

  @Override
  public PutTargetsResponse putTargets(PutTargetsRequest request) {
    return targets.put(request);
  }

  @Override
  public RemoveTargetsResponse removeTargets(RemoveTargetsRequest request) {
    return targets.remove(request);
  }

  @Override
  public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
    return targets.list(request);
  }

  @Override
  public ListRuleNamesByTargetResponse listRuleNamesByTarget(ListRuleNamesByTargetRequest request) {
    return targets.rulesOf(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return tags.tag(request);
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return tags.untag(request);
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return tags.list(request);
  }

  @Override
  public CreateArchiveResponse createArchive(CreateArchiveRequest request) {
    return archives.create(request);
  }

  @Override
  public UpdateArchiveResponse updateArchive(UpdateArchiveRequest request) {
    return archives.update(request);
  }

  @Override
  public DeleteArchiveResponse deleteArchive(DeleteArchiveRequest request) {
    return archives.delete(request);
  }

  @Override
  public DescribeArchiveResponse describeArchive(DescribeArchiveRequest request) {
    return archives.describe(request);
  }

  @Override
  public ListArchivesResponse listArchives(ListArchivesRequest request) {
    return archives.list(request);
  }

  @Override
  public StartReplayResponse startReplay(StartReplayRequest request) {
    return replays.start(request);
  }

  @Override
  public CancelReplayResponse cancelReplay(CancelReplayRequest request) {
    return replays.cancel(request);
  }

  @Override
  public DescribeReplayResponse describeReplay(DescribeReplayRequest request) {
    return replays.describe(request);
  }

  @Override
  public ListReplaysResponse listReplays(ListReplaysRequest request) {
    return replays.list(request);
  }

  @Override
  public CreateConnectionResponse createConnection(CreateConnectionRequest request) {
    return connections.create(request);
  }

  @Override
  public UpdateConnectionResponse updateConnection(UpdateConnectionRequest request) {
    return connections.update(request);
  }

  @Override
  public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
    return connections.delete(request);
  }

  @Override
  public DescribeConnectionResponse describeConnection(DescribeConnectionRequest request) {
    return connections.describe(request);
  }

  @Override
  public DeauthorizeConnectionResponse deauthorizeConnection(DeauthorizeConnectionRequest request) {
    return connections.deauthorize(request);
  }

  @Override
  public ListConnectionsResponse listConnections(ListConnectionsRequest request) {
    return connections.list(request);
  }

  @Override
  public CreateApiDestinationResponse createApiDestination(CreateApiDestinationRequest request) {
    return destinations.create(request);
  }

  @Override
  public UpdateApiDestinationResponse updateApiDestination(UpdateApiDestinationRequest request) {
    return destinations.update(request);
  }

  @Override
  public DeleteApiDestinationResponse deleteApiDestination(DeleteApiDestinationRequest request) {
    return destinations.delete(request);
  }

  @Override
  public DescribeApiDestinationResponse describeApiDestination(
      DescribeApiDestinationRequest request) {
    return destinations.describe(request);
  }

  @Override
  public ListApiDestinationsResponse listApiDestinations(ListApiDestinationsRequest request) {
    return destinations.list(request);
  }
}
