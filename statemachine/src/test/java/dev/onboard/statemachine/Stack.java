package dev.onboard.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A deployed stack as those see it who use it: through SDK clients. */
final class Stack {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clients clients;
  private final Map<String, String> outputs;

  Stack(Clients clients) {
    this.clients = clients;
    this.outputs =
        clients
            .cloudFormation()
            .describeStacks(d -> d.stackName("onboard"))
            .stacks()
            .getFirst()
            .outputs()
            .stream()
            .collect(Collectors.toMap(o -> o.outputKey(), o -> o.outputValue()));
  }

  String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalStateException("the stack has no output " + name);
    }
    return value;
  }

  /** Uploads a file and answers the version that it is. */
  String upload(String key, String text) {
    return clients
        .s3()
        .putObject(p -> p.bucket(output("UploadBucketName")).key(key), RequestBody.fromString(text))
        .versionId();
  }

  /** Deletes one version of an upload for good. */
  void delete(String key, String version) {
    clients
        .s3()
        .deleteObject(d -> d.bucket(output("UploadBucketName")).key(key).versionId(version));
  }

  /** Lets the uploads of that time arrive at the workflow once more, out of the bus's archive. */
  void redeliver(String name, Instant from, Instant to) {
    Rule rule =
        clients.events().listRules(l -> l.eventBusName(output("EventBusName"))).rules().stream()
            .filter(r -> r.name().contains("CsvUploaded"))
            .findFirst()
            .orElseThrow();
    String archive =
        clients.events().describeArchive(d -> d.archiveName(output("ArchiveName"))).archiveArn();
    clients
        .events()
        .startReplay(s ->
            s.replayName(name)
                .eventSourceArn(archive)
                .eventStartTime(from)
                .eventEndTime(to)
                .destination(d -> d.arn(output("EventBusArn")).filterArns(rule.arn())));
  }

  /** The executions of the workflow that began at that time or later, in that order. */
  List<ExecutionListItem> executions(Instant since) {
    return clients
        .states()
        .listExecutionsPaginator(l -> l.stateMachineArn(output("ImportStateMachineArn")))
        .executions()
        .stream()
        .filter(e -> !e.startDate().isBefore(since))
        .sorted(Comparator.comparing(ExecutionListItem::startDate))
        .toList();
  }

  /** The items of one of the stack's tables. */
  List<Map<String, AttributeValue>> items(String table) {
    return clients
        .dynamoDb()
        .scanPaginator(s -> s.tableName(output(table)).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  List<Map<String, AttributeValue>> users() {
    return items("UsersTableName");
  }

  /** The imports' items, oldest first, without those of batches. */
  List<Map<String, AttributeValue>> imports() {
    return items("ImportsTableName").stream()
        .filter(i -> i.containsKey("status"))
        .sorted(Comparator.comparing(i -> i.get("startedAt").s()))
        .toList();
  }

  /** Forgets all users, imports and mails. */
  void empty() {
    Map<String, String> keys =
        Map.of(
            "UsersTableName", "email", "ImportsTableName", "importId", "MailsTableName", "userId");
    keys.forEach((table, key) ->
        items(table)
            .forEach(item ->
                clients
                    .dynamoDb()
                    .deleteItem(d -> d.tableName(output(table)).key(Map.of(key, item.get(key))))));
  }

  /** Text of an object that an {@code s3://} URI names. */
  String text(String uri) {
    URI place = URI.create(uri);
    return clients
        .s3()
        .getObjectAsBytes(g -> g.bucket(place.getHost()).key(place.getPath().substring(1)))
        .asUtf8String();
  }

  /** How many messages each queue holds, visible or not; queues without any are left out. */
  Map<String, Integer> messages() {
    var messages = new TreeMap<String, Integer>();
    for (String url : clients.sqs().listQueues().queueUrls()) {
      int count =
          clients
              .sqs()
              .getQueueAttributes(g ->
                  g.queueUrl(url)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributesAsStrings()
              .values()
              .stream()
              .mapToInt(Integer::parseInt)
              .sum();
      String name = url.substring(url.lastIndexOf('/') + 1);
      if (count > 0 && !name.equals(Probe.NAME)) {
        messages.put(name, count);
      }
    }
    return messages;
  }

  /** The addresses that mails were sent to since a time, as often as mails were sent to them. */
  Map<String, Integer> mails(Instant since) {
    var to = new LinkedHashMap<String, Integer>();
    String before = "";
    while (true) {
      List<JsonNode> page = mailsBefore(before);
      for (JsonNode mail : page) {
        if (!Instant.parse(mail.get("at").asText()).isBefore(since)) {
          mail.get("to").forEach(address -> to.merge(address.asText(), 1, Integer::sum));
        }
      }
      if (page.size() < 1000) {
        return to;
      }
      before = "&before=" + page.getLast().get("number").asText();
    }
  }

  private List<JsonNode> mailsBefore(String before) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = clients.endpoint().resolve("/_onboard/mails?limit=1000" + before);
      var lines = new ArrayList<JsonNode>();
      String body =
          http.send(
                  HttpRequest.newBuilder(uri).build(),
                  BodyHandlers.ofString(StandardCharsets.UTF_8))
              .body();
      for (String line : body.lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
