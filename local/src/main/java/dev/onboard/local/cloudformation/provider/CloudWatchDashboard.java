package dev.onboard.local.cloudformation.provider;

import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** {@code AWS::CloudWatch::Dashboard}. */
final class CloudWatchDashboard extends Provider {
  private static final int NAME_LIMIT = 255;

  CloudWatchDashboard() {
    super("AWS::CloudWatch::Dashboard", "DashboardName@: String, DashboardBody*: String");
  }

  @Override
  public Physical create(Context context, Properties now) {
    String name = context.name(now.textOrNull("DashboardName"), NAME_LIMIT);
    put(context, name, now);
    return Physical.of(name);
  }

  @Override
  public Physical update(Context context, Physical physical, Properties before, Properties now) {
    put(context, physical.id(), now);
    return physical;
  }

  @Override
  public void delete(Context context, Physical physical, Properties before) {
    context.client(CloudWatchClient.class).deleteDashboards(b -> b.dashboardNames(physical.id()));
  }

  private static void put(Context context, String name, Properties now) {
    context
        .client(CloudWatchClient.class)
        .putDashboard(b -> b.dashboardName(name).dashboardBody(now.text("DashboardBody")));
  }
}
