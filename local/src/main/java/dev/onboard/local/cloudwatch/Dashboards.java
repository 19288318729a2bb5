package dev.onboard.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onboard.local.call.AwsErrors;
import dev.onboard.local.call.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;

/** The dashboards, which are kept as they are; nobody draws them here. */
final class Dashboards {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Environment env;

  Dashboards(Environment env) {
    this.env = env;
  }

  void put(String name, String body) {
    try {
      if (!JSON.readTree(body).isObject()) {
        throw invalid("The field DashboardBody must be a valid JSON object");
      }
    } catch (JsonProcessingException e) {
      throw invalid("The field DashboardBody must be a valid JSON object");
    }
    env.store()
        .write(tx ->
            tx.update(
                "INSERT OR REPLACE INTO cloudwatch_dashboard VALUES (?, ?, ?)",
                name,
                body,
                env.clock().now()));
  }

  GetDashboardResponse get(String name) {
    return env.store()
        .read(tx ->
            tx.first(
                "SELECT body FROM cloudwatch_dashboard WHERE name = ?",
                r ->
                    GetDashboardResponse.builder()
                        .dashboardName(name)
                        .dashboardArn(arn(name))
                        .dashboardBody(r.string(1))
                        .build(),
                name))
        .orElseThrow(() ->
            AwsErrors.error(
                DashboardNotFoundErrorException.builder(),
                404,
                "ResourceNotFound",
                "Dashboard " + name + " does not exist"));
  }

  List<DashboardEntry> list(@Nullable String prefix) {
    return env
        .store()
        .read(tx ->
            tx.list(
                "SELECT name, modified, length(body) AS size FROM cloudwatch_dashboard"
                    + " ORDER BY name",
                r ->
                    DashboardEntry.builder()
                        .dashboardName(r.string("name"))
                        .dashboardArn(arn(r.string("name")))
                        .lastModified(r.instant("modified"))
                        .size(r.number("size"))
                        .build()))
        .stream()
        .filter(d -> prefix == null || d.dashboardName().startsWith(prefix))
        .toList();
  }

  void delete(String name) {
    env.store().write(tx -> tx.update("DELETE FROM cloudwatch_dashboard WHERE name = ?", name));
  }

  private String arn(String name) {
    return "arn:aws:cloudwatch::" + env.account() + ":dashboard/" + name;
  }

  private static AwsServiceException invalid(String message) {
    return AwsErrors.error(
        DashboardInvalidInputErrorException.builder(), 400, "InvalidParameterInput", message);
  }
}
