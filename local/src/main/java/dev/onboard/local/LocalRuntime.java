package dev.onboard.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Faults;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.call.Services;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.cloudformation.LocalCloudFormation;
import dev.onboard.local.cloudwatch.LocalCloudWatch;
import dev.onboard.local.conformance.Conformance;
import dev.onboard.local.dynamodb.LocalDynamoDb;
import dev.onboard.local.eventbridge.LocalEventBridge;
import dev.onboard.local.eventbridge.Quotas;
import dev.onboard.local.gateway.Gateway;
import dev.onboard.local.gateway.Route;
import dev.onboard.local.iam.Credentials;
import dev.onboard.local.iam.LocalIam;
import dev.onboard.local.iam.LocalSts;
import dev.onboard.local.lambda.LocalLambda;
import dev.onboard.local.lambda.process.RuntimeApi;
import dev.onboard.local.logs.LocalCloudWatchLogs;
import dev.onboard.local.metering.Metering;
import dev.onboard.local.s3.LocalS3;
import dev.onboard.local.s3.S3Wire;
import dev.onboard.local.schemas.LocalSchemas;
import dev.onboard.local.sesv2.LocalSesV2;
import dev.onboard.local.sfn.LocalSfn;
import dev.onboard.local.sns.LocalSns;
import dev.onboard.local.sqs.LocalSqs;
import dev.onboard.local.sqs.SqsWire;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import dev.onboard.local.wire.Wire;
import dev.onboard.local.wire.XmlAnswers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkClient;

/** The whole runtime: every service over one store, behind one endpoint. */
public final class LocalRuntime implements AutoCloseable {
  public static final String ACCOUNT = "000000000000";
  public static final String REGION = "us-east-1";

  private final Store store;
  private final LocalClock clock;
  private final Faults faults;
  private final Services services;
  private final Meter meter;
  private final Conformance conformance;
  private final RuntimeQuestions questions;
  private final Gateway gateway;

  private LocalRuntime(
      Store store,
      LocalClock clock,
      Faults faults,
      Services services,
      Meter meter,
      Conformance conformance,
      RuntimeQuestions questions,
      Gateway gateway) {
    this.store = store;
    this.clock = clock;
    this.faults = faults;
    this.services = services;
    this.meter = meter;
    this.conformance = conformance;
    this.questions = questions;
    this.gateway = gateway;
  }

  /**
   * Starts a runtime, or goes on with one that ended, however it ended.
   *
   * @param data the folder that holds everything
   * @param port the port on the loopback address; 0 for any that is free
   * @throws dev.onboard.local.store.StoreInUseException if another runtime has the folder
   * @throws java.net.BindException if the port is in use
   */
  public static LocalRuntime start(Path data, int port) throws IOException {
    return start(data, data.resolve("cache"), port, Quotas.DEFAULT);
  }

  /**
   * Starts a runtime.
   *
   * @param caches where start-up caches of functions are kept, which may be deleted at any time
   * @param quotas how much of EventBridge an account may use
   */
  public static LocalRuntime start(Path data, Path caches, int port, Quotas quotas)
      throws IOException {
    Store store = Store.open(data);
    try {
      return start(store, caches, port, quotas);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static LocalRuntime start(Store store, Path caches, int port, Quotas quotas)
      throws IOException {
    var time = new ClockOffset(store);
    LocalClock clock = LocalClock.system(time.read());
    var faults = new Faults();
    var meter = new Meter(store, clock);
    var services = new Services(List.of(faults, new Metering(meter)));
    var listening = new CompletableFuture<Gateway>();
    var env =
        new Environment(
            store, clock, services, meter, ACCOUNT, REGION, () -> listening.join().endpoint());
    var lambda = new LocalLambda(env, caches, 16);
    var events = new LocalEventBridge(env, quotas);
    List<SdkClient> rooms =
        List.of(
            new LocalIam(env),
            new LocalSts(env),
            new LocalCloudWatchLogs(env),
            new LocalS3(env),
            new LocalDynamoDb(env),
            new LocalSqs(env),
            new LocalSns(env),
            new LocalSesV2(env),
            new LocalCloudWatch(env),
            new LocalSchemas(env),
            events,
            lambda,
            new LocalSfn(env),
            new LocalCloudFormation(env));
    rooms.forEach(services::register);
    var credentials = new Credentials(env);
    RuntimeApi functions = lambda.runtimeApi();
    var conformance = new Conformance(env);
    events.watch(e -> conformance.check(e.number(), e.id(), e.json(), e.copy()));
    var questions = new RuntimeQuestions(store, clock, time, conformance, meter);
    Gateway gateway =
        Gateway.listen(
            port,
            new Wire(services, Map.of("sqs", new SqsWire()), Map.of("s3", s3Answers())),
            new SignatureCheck(credentials, clock),
            REGION,
            List.of(
                new Route(LocalLambda.CODE_PREFIX, lambda::serveCode),
                new Route(RuntimeApi.PREFIX, functions::handle),
                new Route(RuntimeQuestions.PREFIX, questions::handle)));
    listening.complete(gateway);
    for (SdkClient room : rooms) {
      if (room instanceof Resumable resumable) {
        resumable.resume();
      }
    }
    return new LocalRuntime(store, clock, faults, services, meter, conformance, questions, gateway);
  }

  private static XmlAnswers s3Answers() {
    return new XmlAnswers(
        S3Wire.ROOTS,
        S3Wire.TEXT_ROOTS,
        S3Wire.PLAIN,
        S3Wire.NO_CONTENT,
        S3Wire.PARTIAL_CONTENT,
        S3Wire.NEVER_BY_PATH,
        S3Wire::headers,
        S3Wire::elements);
  }

  public URI endpoint() {
    return gateway.endpoint();
  }

  public LocalClock clock() {
    return clock;
  }

  public Faults faults() {
    return faults;
  }

  /** A client that calls a service in the name of the administrator, without HTTP. */
  public <C extends SdkClient> C client(Class<C> contract) {
    return services.client(contract, new Principal.User(ACCOUNT, "administrator"));
  }

  /** The same for somebody who looks on, whose reading is not counted as usage. */
  public <C extends SdkClient> C onlooker(Class<C> contract) {
    return services.onlooker(contract, new Principal.User(ACCOUNT, "administrator"));
  }

  /**
   * What the runtime tells that AWS has no API for, as {@code /_onboard/} tells it: one JSON object
   * for each line there.
   *
   * @param question such as {@code mails} or {@code events}
   * @throws java.util.NoSuchElementException if there is no such question
   * @throws IllegalArgumentException if a parameter is not what it must be
   */
  public List<ObjectNode> ask(String question, Map<String, String> parameters) {
    return questions.ask(question, parameters);
  }

  /**
   * Lets something else answer below a path of the endpoint. A browser that asks for the endpoint
   * itself is sent to what was mounted first. Whoever mounts ends what the handler has open before
   * the runtime is closed.
   *
   * @param prefix how the paths begin, with a slash at both ends, such as {@code /_console/}
   */
  public void mount(String prefix, HttpHandler handler) {
    gateway.mount(prefix, handler);
  }

  @Override
  public void close() {
    services.all().forEach(s -> s.implementation().close());
    gateway.close();
    conformance.close();
    meter.close();
    clock.close();
    store.close();
  }
}
