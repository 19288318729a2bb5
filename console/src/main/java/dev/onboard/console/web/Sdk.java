package dev.onboard.console.web;

import software.amazon.awssdk.core.SdkClient;

/** The services, as the AWS SDK's clients. */
@FunctionalInterface
public interface Sdk {

  /** The client of a service, such as {@code SfnClient.class}. */
  <C extends SdkClient> C client(Class<C> contract);
}
