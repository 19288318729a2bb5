package dev.onboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events for a bus that is not there, which PutEvents accepts as if nothing were wrong. */
class LostEventsTest {
  private static final String ORDER =
      "{\"source\": \"shop\", \"detail-type\": \"Order\", \"detail\": {}}";

  @TempDir static Path folder;
  private static StartedRuntime runtime;
  private static Clients clients;

  @BeforeAll
  static void start() {
    runtime = StartedRuntime.start(folder.resolve("data"), 0);
    clients = runtime.clients();
    clients.eventBridge().createEventBus(c -> c.name("shop"));
    clients.schemas().createRegistry(c -> c.registryName("shop"));
  }

  @AfterAll
  static void stop() {
    clients.close();
    runtime.close();
  }

  @Test
  void events_sayThatTheBusIsNotThere() {
    clients
        .eventBridge()
        .putEvents(p ->
            p.entries(
                e -> e.eventBusName("shpo").source("s").detailType("Lost").detail("{}"),
                e -> e.eventBusName("shop").source("s").detailType("Unheard").detail("{}")));
    assertThat(command("events").out())
        .containsSubsequence("shop  s: Unheard", "    no rule matched")
        .containsSubsequence("shpo  s: Lost", "    there is no bus shpo, so nobody gets it");
  }

  @Test
  void publish_refusesTheBus_andPublishesNothing() throws IOException {
    Path detail = Files.writeString(folder.resolve("detail.json"), "{}");
    Ran ran =
        command("publish", "s@Kept", "--registry", "shop", "--file", detail, "--bus", "shopp");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("onboard: there is no bus shopp; there is default, shop");
    assertThat(command("events").out()).doesNotContain("Kept");
  }

  @Test
  void why_namesTheBusesThatThereAre() throws IOException {
    Path order = Files.writeString(folder.resolve("order.json"), ORDER);
    Ran ran = command("why", order, "--bus", "shpo");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("onboard: there is no bus shpo; there is default, shop");
  }

  @Test
  void why_takesTheOneEntryOfAFileForPutEvents() throws IOException {
    String entry = "{\"Source\": \"shop\", \"DetailType\": \"Order\", \"Detail\": \"{}\"}";
    Path list = Files.writeString(folder.resolve("list.json"), "[" + entry + "]");
    assertThat(command("why", list, "--bus", "shop").out()).contains("Order from shop on bus shop");
    Path input = Files.writeString(folder.resolve("input.json"), "{\"Entries\": [" + entry + "]}");
    assertThat(command("why", input, "--bus", "shop").out())
        .contains("Order from shop on bus shop");
    Path two = Files.writeString(folder.resolve("two.json"), "[" + entry + "," + entry + "]");
    Ran ran = command("why", two, "--bus", "shop");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("two.json holds 2 events; one is wanted");
  }

  private static Ran command(Object... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.add("--port");
    all.add(runtime.endpoint().getPort());
    return Ran.command(all.toArray());
  }
}
