package dev.onboard.functions.mail;

import dev.onboard.functions.dynamo.Table;
import dev.onboard.functions.dynamo.Transactions;
import dev.onboard.functions.time.Pause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The mails table, and the numbers of mails in the imports table. */
public final class DynamoMailLedger implements MailLedger {

  /** With a counter each they still fit a transaction. */
  private static final int STEPS = Transactions.ACTIONS / 2;

  private final DynamoDbClient dynamoDb;
  private final String mailsTable;
  private final String importsTable;
  private final Table mails;
  private final Transactions transactions;

  public DynamoMailLedger(
      DynamoDbClient dynamoDb, String mailsTable, String importsTable, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.mailsTable = mailsTable;
    this.importsTable = importsTable;
    this.mails = new Table(dynamoDb, mailsTable, "userId", pause);
    this.transactions = new Transactions(dynamoDb, pause);
  }

  @Override
  public Map<String, MailEntry> claim(Collection<MailEntry> entries) {
    return entries(mails.insert(entries.stream().map(MailItem::of).toList()));
  }

  @Override
  public Map<String, MailEntry> find(Collection<String> userIds) {
    return entries(mails.read(userIds));
  }

  private static Map<String, MailEntry> entries(Map<String, Map<String, AttributeValue>> items) {
    Map<String, MailEntry> entries = new HashMap<>();
    items.forEach((userId, item) -> entries.put(userId, MailItem.entry(item)));
    return entries;
  }

  @Override
  public boolean takeOver(MailEntry abandoned, MailEntry entry) {
    Map<String, AttributeValue> values = new HashMap<>(MailItem.claimValues(abandoned));
    values.put(":newClaimedBy", AttributeValue.fromS(entry.claimedBy()));
    values.put(":newClaimedAt", AttributeValue.fromS(entry.claimedAt().toString()));
    values.put(":leaseUntil", AttributeValue.fromS(entry.leaseUntil().toString()));
    values.put(":one", AttributeValue.fromN("1"));
    try {
      dynamoDb.updateItem(update ->
          update
              .tableName(mailsTable)
              .key(MailItem.key(abandoned))
              .updateExpression(
                  "SET claimedBy = :newClaimedBy, claimedAt = :newClaimedAt,"
                      + " leaseUntil = :leaseUntil ADD takenOver :one")
              .conditionExpression(MailItem.AS_SEEN)
              .expressionAttributeNames(MailItem.NAMES)
              .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  @Override
  public void release(Collection<MailEntry> entries) {
    for (MailEntry entry : entries) {
      try {
        dynamoDb.deleteItem(delete ->
            delete
                .tableName(mailsTable)
                .key(MailItem.key(entry))
                .conditionExpression(MailItem.AS_SEEN)
                .expressionAttributeNames(MailItem.NAMES)
                .expressionAttributeValues(MailItem.claimValues(entry)));
      } catch (ConditionalCheckFailedException e) {
        // Not ours any more: whoever changed it answers for it.
        continue;
      }
    }
  }

  @Override
  public Set<String> take(List<Step> steps) {
    Set<String> taken = new HashSet<>();
    for (int from = 0; from < steps.size(); from += STEPS) {
      takeTogether(steps.subList(from, Math.min(steps.size(), from + STEPS)), taken);
    }
    return taken;
  }

  private record Count(String importId, Counter counter) {}

  /** Steps that turn out to be impossible, and counts of imports that are gone, are left out. */
  private void takeTogether(List<Step> steps, Set<String> taken) {
    List<Step> left = new ArrayList<>(steps);
    Set<Count> gone = new HashSet<>();
    while (!left.isEmpty()) {
      List<Map.Entry<Count, Integer>> counts = List.copyOf(counts(left, gone).entrySet());
      List<TransactWriteItem> actions = new ArrayList<>();
      left.forEach(step -> actions.add(action(step)));
      counts.forEach(count -> actions.add(action(count.getKey(), count.getValue())));
      List<CancellationReason> reasons = transactions.write(actions);
      if (reasons.isEmpty()) {
        left.forEach(step -> taken.add(step.entry().userId()));
        return;
      }
      List<Step> possible = new ArrayList<>();
      for (int i = 0; i < reasons.size(); i++) {
        boolean failed = Transactions.isConditionFailed(reasons.get(i));
        if (i < left.size() && !failed) {
          possible.add(left.get(i));
        } else if (i >= left.size() && failed) {
          gone.add(counts.get(i - left.size()).getKey());
        }
      }
      left = possible;
    }
  }

  private static Map<Count, Integer> counts(List<Step> steps, Set<Count> gone) {
    Map<Count, Integer> counts = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step.counter() != null && step.entry().importId() != null) {
        counts.merge(new Count(step.entry().importId(), step.counter()), 1, Integer::sum);
      }
    }
    counts.keySet().removeAll(gone);
    return counts;
  }

  private TransactWriteItem action(Step step) {
    Map<String, AttributeValue> values = new HashMap<>(MailItem.claimValues(step.entry()));
    values.put(":to", AttributeValue.fromS(step.to().name()));
    values.put(":outcome", AttributeValue.fromS(step.outcome()));
    values.put(":at", AttributeValue.fromS(step.at().toString()));
    StringBuilder set = new StringBuilder("SET #status = :to, outcome = :outcome, outcomeAt = :at");
    if (step.messageId() != null) {
      values.put(":messageId", AttributeValue.fromS(step.messageId()));
      set.append(", messageId = if_not_exists(messageId, :messageId)");
      set.append(", sentAt = if_not_exists(sentAt, :at)");
    }
    String expression = set.append(" REMOVE leaseUntil").toString();
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(mailsTable)
                .key(MailItem.key(step.entry()))
                .updateExpression(expression)
                .conditionExpression(MailItem.AS_SEEN)
                .expressionAttributeNames(MailItem.NAMES)
                .expressionAttributeValues(values))
        .build();
  }

  private TransactWriteItem action(Count count, int by) {
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(importsTable)
                .key(Map.of("importId", AttributeValue.fromS(count.importId())))
                .updateExpression("ADD #counter :by")
                .conditionExpression("attribute_exists(importId)")
                .expressionAttributeNames(Map.of("#counter", count.counter().attribute()))
                .expressionAttributeValues(
                    Map.of(":by", AttributeValue.fromN(Integer.toString(by)))))
        .build();
  }
}
