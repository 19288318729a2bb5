package dev.onboard.local.sfn;

import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import dev.onboard.local.sfn.run.Activities;
import dev.onboard.local.sfn.run.Engine;
import dev.onboard.local.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;

/** Activities, whose tasks workers come for. */
final class ActivityOperations {
  private final Environment env;
  private final Engine engine;

  ActivityOperations(Environment env, Engine engine) {
    this.env = env;
    this.engine = engine;
  }

  private record Activity(long row, String arn, String name, Instant created) {}

  private static List<Activity> activities(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.list(
        "SELECT rowid AS number, * FROM sfn_activity WHERE " + condition,
        r ->
            new Activity(
                r.number("number"), r.string("arn"), r.string("name"), r.instant("created")),
        arguments);
  }

  private static Activity find(Tx tx, String arn) {
    return activities(tx, "arn = ?", arn).stream()
        .findFirst()
        .orElseThrow(() -> Errors.noActivity(arn));
  }

  CreateActivityResponse create(CreateActivityRequest request) {
    if (request.encryptionConfiguration() != null
        && request.encryptionConfiguration().type() != EncryptionType.AWS_OWNED_KEY) {
      throw AwsErrors.unsupported("states", "CreateActivity", "a KMS key");
    }
    if (request.hasTags() && !request.tags().isEmpty()) {
      throw AwsErrors.unsupported("states", "CreateActivity", "tags");
    }
    String name = Arns.name(request.name());
    String arn = env.arn("states", "activity:" + name);
    return env.store()
        .write(tx -> {
          tx.update(
              "INSERT OR IGNORE INTO sfn_activity VALUES (?, ?, ?)", arn, name, env.clock().now());
          return CreateActivityResponse.builder()
              .activityArn(arn)
              .creationDate(find(tx, arn).created)
              .build();
        });
  }

  DescribeActivityResponse describe(String given) {
    String arn = Arns.activity(given);
    Activity activity = env.store().read(tx -> find(tx, arn));
    return DescribeActivityResponse.builder()
        .activityArn(arn)
        .name(activity.name)
        .creationDate(activity.created)
        .encryptionConfiguration(StateMachines.OWNED_KEY)
        .build();
  }

  DeleteActivityResponse delete(String given) {
    String arn = Arns.activity(given);
    env.store().write(tx -> tx.update("DELETE FROM sfn_activity WHERE arn = ?", arn));
    return DeleteActivityResponse.builder().build();
  }

  ListActivitiesResponse list(ListActivitiesRequest request) {
    Pages pages = Pages.of(request.maxResults(), request.nextToken());
    List<Activity> rows =
        env.store()
            .read(tx ->
                activities(tx, "rowid > ? ORDER BY rowid LIMIT ?", pages.after(0), pages.rows()));
    return ListActivitiesResponse.builder()
        .activities(
            pages.page(rows).stream()
                .map(a ->
                    ActivityListItem.builder()
                        .activityArn(a.arn)
                        .name(a.name)
                        .creationDate(a.created)
                        .build())
                .toList())
        .nextToken(pages.next(rows, Activity::row))
        .build();
  }

  GetActivityTaskResponse getTask(GetActivityTaskRequest request) {
    String arn = Arns.activity(request.activityArn());
    env.store().read(tx -> find(tx, arn));
    Optional<Activities.ActivityTask> task = engine.activities().take(arn, request.workerName());
    return GetActivityTaskResponse.builder()
        .taskToken(task.map(Activities.ActivityTask::token).orElse(null))
        .input(task.map(Activities.ActivityTask::input).orElse(null))
        .build();
  }
}
