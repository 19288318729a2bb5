package dev.onboard.local;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Faults;
import dev.onboard.local.call.Principal;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.call.Services;
import dev.onboard.local.clock.LocalClock;
import dev.onboard.local.metering.Metering;
import dev.onboard.local.store.Store;
import dev.onboard.local.usage.Meter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;

/**
 * Some service rooms over a store of their own and a clock that stands still until it is moved, for
 * tests of a room through SDK clients without HTTP.
 */
public final class Rooms implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  public final Faults faults = new Faults();
  public final LocalClock clock;
  public final Store store;
  public final Meter meter;
  private final Services services;

  private Rooms(
      Path folder,
      Instant start,
      Supplier<URI> endpoint,
      Function<Environment, List<? extends SdkClient>> rooms) {
    this.clock = LocalClock.standingAt(start);
    this.store = Store.open(folder);
    this.meter = new Meter(store, clock);
    this.services = new Services(List.of(faults, new Metering(meter)));
    var environment =
        new Environment(store, clock, services, meter, "000000000000", "us-east-1", endpoint);
    rooms.apply(environment).forEach(services::register);
    services.all().stream()
        .map(s -> s.implementation())
        .filter(Resumable.class::isInstance)
        .forEach(s -> ((Resumable) s).resume());
  }

  /** Opens rooms over a folder; opened again over the same folder they go on where they were. */
  public static Rooms open(Path folder, Function<Environment, List<? extends SdkClient>> rooms) {
    return open(folder, START, rooms);
  }

  /** Opens rooms that say of themselves to be at an endpoint. */
  public static Rooms open(
      Path folder, Supplier<URI> endpoint, Function<Environment, List<? extends SdkClient>> rooms) {
    return new Rooms(folder, START, endpoint, rooms);
  }

  public static Rooms open(
      Path folder, Instant start, Function<Environment, List<? extends SdkClient>> rooms) {
    return new Rooms(folder, start, () -> URI.create("http://127.0.0.1:4566"), rooms);
  }

  /** A client of a service in the name of the administrator. */
  public <C extends SdkClient> C client(Class<C> contract) {
    return services.client(contract, new Principal.User("000000000000", "administrator"));
  }

  public <C extends SdkClient> C client(Class<C> contract, Principal caller) {
    return services.client(contract, caller);
  }

  /** A client for somebody who looks on. */
  public <C extends SdkClient> C onlooker(Class<C> contract) {
    return services.onlooker(contract, new Principal.User("000000000000", "administrator"));
  }

  @Override
  public void close() {
    clock.close();
    meter.close();
    services.all().forEach(s -> s.implementation().close());
    store.close();
  }
}
