package dev.onboard.console.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onboard.console.RunningConsole;
import dev.onboard.console.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.schemas.SchemasClient;
import software.amazon.awssdk.services.schemas.model.DiscovererState;

/** Registries and schemas, as a browser gets them. */
class SchemaPagesTest {
  private static final String FIRST =
      """
      {"$schema": "http://json-schema.org/draft-04/schema#", "title": "Ordered", "type": "object",
       "description": "Somebody <b>ordered</b>.", "required": ["id"],
       "properties": {
         "id": {"type": "string", "minLength": 1, "description": "Its number."},
         "lines": {"type": "array", "items": {"type": "object", "required": ["sku"], "properties": {
           "sku": {"type": "string"}, "size": {"type": "string", "enum": ["S", "M"]}}}},
         "labels": {"type": "object", "additionalProperties": {"type": "string"}}}}\
      """;
  private static final String SECOND =
      FIRST
          .replace("[\"S\", \"M\"]", "[\"S\", \"M\", \"L\"]")
          .replace("\"id\": {", "\"note\": {\"type\": \"string\"}, \"id\": {");

  private RunningConsole console;

  @BeforeEach
  void start(@TempDir Path data) {
    console = RunningConsole.start(data);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void schemas_withoutARegistry_sayHowToGetSome() {
    Document page = console.page("schemas");
    assertThat(page.select(".empty").text()).isEqualTo("There is no registry.");
    assertThat(page.select("select[name=bus] option").eachText()).containsExactly("default");
  }

  @Test
  void registries_listTheirSchemas() {
    create("shop", "shop@Ordered-v1", FIRST);
    schemas().createRegistry(c -> c.registryName("empty").description("For <later>."));
    Document page = console.page("schemas");
    assertThat(page.select("h2 a").eachText()).containsExactly("empty", "shop");
    assertThat(page.text()).contains("For <later>.", "1 schema", "No schema yet.");
    Element row = page.selectFirst("tbody tr");
    assertThat(row.select("a").attr("href")).isEqualTo("/_console/schemas/shop/shop@Ordered-v1");
    assertThat(row.text()).startsWith("shop@Ordered-v1 1 version ");
    assertThat(console.page("schemas/empty").select("h1").text()).isEqualTo("empty");
    assertThat(console.get("schemas/nowhere").body()).contains("There is no registry nowhere.");
  }

  @Test
  void schemas_areFoundByWordsInThem() {
    create("shop", "shop@Ordered-v1", FIRST);
    create("shop", "shop@Paid-v1", FIRST.replace("Ordered", "Paid").replace("lines", "coins"));
    assertThat(rows(console.page("schemas?q=COINS"))).containsExactly("shop@Paid-v1");
    assertThat(console.page("schemas?q=nothing").select(".empty").text())
        .isEqualTo("No schema has these words.");
  }

  @Test
  void registryOfManySchemas_hasPages() {
    schemas().createRegistry(c -> c.registryName("shop"));
    for (int i = 0; i < 130; i++) {
      int number = i;
      schemas()
          .createSchema(c ->
              c.registryName("shop")
                  .schemaName("shop@Event%03d".formatted(number))
                  .type("JSONSchemaDraft4")
                  .content(FIRST));
    }
    var seen = new ArrayList<String>();
    String next = "schemas/shop";
    while (next != null) {
      Document page = console.page(next);
      seen.addAll(rows(page));
      Element more = page.selectFirst("a[rel=next]");
      next = more == null ? null : more.attr("href");
    }
    assertThat(seen).hasSize(130).doesNotHaveDuplicates().endsWith("shop@Event129");
  }

  @Test
  void fields_areToldAsATree() {
    create("shop", "shop@Ordered-v1", FIRST);
    Document page = console.page("schemas/shop/shop@Ordered-v1");
    assertThat(page.select(".facts").text()).contains("Ordered from shop");
    assertThat(page.select("#page").text())
        .contains("The detail is object. Somebody <b>ordered</b>.");
    assertThat(page.select(".fields.top > .field > .signature").eachText())
        .containsExactly("id string required", "lines list of object", "labels map of string");
    Element lines = page.select(".fields.top > .field").get(1);
    assertThat(lines.select(".fields .signature").eachText())
        .containsExactly("sku string required", "size string");
    assertThat(lines.select(".fields .demands").text()).isEqualTo("one of \"S\", \"M\"");
    assertThat(page.select(".field").first().text())
        .contains("Its number.", "at least 1 character");
    assertThat(page.select(".shell code").text())
        .isEqualTo(
            "aws schemas describe-schema --registry-name shop --schema-name shop@Ordered-v1"
                + " --schema-version 1");
    assertThat(console.page("schemas/shop/shop@Ordered-v1?show=raw").select(".json").text())
        .contains("\"minLength\" : 1");
  }

  @Test
  void changes_areToldFieldByField_andAsText() {
    create("shop", "shop@Ordered-v1", FIRST);
    schemas()
        .updateSchema(u -> u.registryName("shop").schemaName("shop@Ordered-v1").content(SECOND));
    Document page = console.page("schemas/shop/shop@Ordered-v1?show=changes");
    assertThat(page.select(".changes li p").eachText())
        .containsExactly("lines[].size may now be \"L\"", "note was added; it is optional, string");
    assertThat(page.select(".changes .badge").eachText())
        .containsExactly(
            "consumers of the older version refuse events of the newer one", "compatible");
    assertThat(page.select(".verdict").text())
        .isEqualTo("2 changes: consumers of the older version refuse events of the newer one");
    assertThat(page.select(".diff .added").eachText()).anyMatch(l -> l.contains("\"note\""));
    Document back = console.page("schemas/shop/shop@Ordered-v1?show=changes&from=2&to=1");
    assertThat(back.select(".verdict").text())
        .contains("consumers of the newer version refuse events of the older one");
    assertThat(console.page("schemas/shop/shop@Ordered-v1?show=changes&from=1&to=1").text())
        .contains("Nothing that is said of a detail changed.");
    assertThat(page.select(".versions a").eachText()).containsExactly("2", "1");
  }

  @Test
  void changes_ofTheOnlyVersion_areNone() {
    create("shop", "shop@Ordered-v1", FIRST);
    assertThat(console.page("schemas/shop/shop@Ordered-v1?show=changes").select(".empty").text())
        .isEqualTo("There is only one version.");
  }

  @Test
  void example_isTheSchemasOwn_orTheLeastThatItDemands() {
    create("shop", "shop@Ordered-v1", FIRST);
    create(
        "shop", "shop@Paid", FIRST.replace("\"title\"", "\"example\": {\"id\": \"7\"}, \"title\""));
    Document made = console.page("schemas/shop/shop@Ordered-v1?show=example");
    assertThat(made.text()).contains("the least that it demands");
    assertThat(Json.read(made.select(".json").text()).toString()).isEqualTo("{\"id\":\"x\"}");
    Document given = console.page("schemas/shop/shop@Paid?show=example");
    assertThat(Json.read(given.select(".json").text()).toString()).isEqualTo("{\"id\":\"7\"}");
  }

  @Test
  void java_isGeneratedOnDemand_andDownloaded() throws IOException {
    create("shop", "shop@Ordered-v1", FIRST);
    String path = "schemas/shop/shop@Ordered-v1";
    Document before = console.page(path + "?show=java");
    assertThat(before.select("button.primary").text()).isEqualTo("Generate Java for version 1");
    assertThat(before.select("details")).isEmpty();
    HttpResponse<String> made =
        console.post(path + "/java", "version=1", "Sec-Fetch-Site", "same-origin");
    assertThat(made.statusCode()).isEqualTo(303);
    Document page = console.page(made.headers().firstValue("Location").orElseThrow());
    assertThat(page.select("details summary").eachText())
        .anyMatch(s -> s.startsWith("Ordered.java "));
    assertThat(page.select("details pre").text()).contains("public record ");
    HttpResponse<byte[]> zip =
        console.send(
            console.request(page.select("a[download]").attr("href")).build(),
            BodyHandlers.ofByteArray());
    assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
    assertThat(names(zip.body())).anyMatch(n -> n.endsWith("/Ordered.java"));
  }

  @Test
  void events_ofTheKind_areShownWithWhatDoesNotFit() {
    create("shop", "shop@Ordered-v1", FIRST);
    publish("shop", "Ordered", "{\"id\": \"7\"}");
    String bad = publish("shop", "Ordered", "{\"id\": 7}");
    publish("shop", "Paid", "{}");
    console.runtime().clock().advance(Duration.ofSeconds(1));
    Document page = console.page("schemas/shop/shop@Ordered-v1?show=events");
    assertThat(page.select("tbody tr")).hasSize(2);
    Element newest = page.select("tbody tr").getFirst();
    assertThat(newest.text()).contains(bad, "does not fit", "detail.id: ");
    assertThat(page.select("tbody tr").get(1).text()).endsWith("yes");
  }

  @Test
  void discoverers_areStartedAndStopped() {
    HttpResponse<String> made =
        console.post("schemas/discoverers", "bus=default", "Sec-Fetch-Site", "same-origin");
    assertThat(made.statusCode()).isEqualTo(303);
    publish("shop", "Order Placed", "{\"id\": 7}");
    Document page = console.page("schemas");
    assertThat(page.select("th:contains(default) + td").text()).isEqualTo("started");
    assertThat(rows(page)).containsExactly("shop@OrderPlaced");
    Document schema = console.page("schemas/discovered-schemas/shop@OrderPlaced");
    assertThat(schema.select(".facts").text()).contains("Order Placed from shop");
    assertThat(schema.select(".signature").text()).isEqualTo("id integer required");
    assertThat(
            console
                .page("schemas/discovered-schemas/shop@OrderPlaced?show=events")
                .select("tbody tr"))
        .hasSize(1);
    String id = schemas().listDiscoverers(l -> {}).discoverers().getFirst().discovererId();
    console.post("schemas/discoverers/" + id, "do=stop", "Sec-Fetch-Site", "same-origin");
    assertThat(schemas().describeDiscoverer(d -> d.discovererId(id)).state())
        .isEqualTo(DiscovererState.STOPPED);
    assertThat(console.page("schemas").select("button[name=do]").text()).startsWith("Start");
  }

  @Test
  void whatIsNotThere_isNotFound_andOtherSitesChangeNothing() {
    create("shop", "shop@Ordered-v1", FIRST);
    assertThat(console.get("schemas/shop/other").statusCode()).isEqualTo(404);
    assertThat(console.get("schemas/shop/shop@Ordered-v1?version=9").statusCode()).isEqualTo(404);
    assertThat(console.get("schemas/shop/shop@Ordered-v1?show=dance").statusCode()).isEqualTo(404);
    assertThat(console.post("schemas/shop/shop@Ordered-v1/java", "version=1").statusCode())
        .isEqualTo(403);
    assertThat(
            console
                .post("schemas/discoverers", "bus=nowhere", "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(404);
  }

  private static List<String> rows(Document page) {
    return page.select("tbody tr a.whole").eachText();
  }

  private static List<String> names(byte[] zip) throws IOException {
    var names = new ArrayList<String>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private void create(String registry, String name, String content) {
    if (schemas().listRegistries(l -> l.registryNamePrefix(registry)).registries().isEmpty()) {
      schemas().createRegistry(c -> c.registryName(registry));
    }
    schemas()
        .createSchema(c ->
            c.registryName(registry).schemaName(name).type("JSONSchemaDraft4").content(content));
  }

  private String publish(String source, String type, String detail) {
    return console
        .client(EventBridgeClient.class)
        .putEvents(p -> p.entries(e -> e.source(source).detailType(type).detail(detail)))
        .entries()
        .getFirst()
        .eventId();
  }

  private SchemasClient schemas() {
    return console.client(SchemasClient.class);
  }
}
