package dev.onboard.local.call;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The step that injects faults: calls of an operation that are answered with an error instead. */
public final class Faults implements Step {
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  /**
   * Lets calls fail.
   *
   * @param times how many of them
   * @param which the calls meant, beside service and operation
   */
  public void inject(
      String service,
      String operation,
      int times,
      Predicate<Call> which,
      AwsServiceException error) {
    faults.add(new Fault(service, operation, new AtomicInteger(times), which, error, false));
  }

  /**
   * Lets answers be lost: the calls are done, and then fail.
   *
   * @param times how many of them
   * @param which the calls meant, beside service and operation
   */
  public void loseAnswers(
      String service,
      String operation,
      int times,
      Predicate<Call> which,
      AwsServiceException error) {
    faults.add(new Fault(service, operation, new AtomicInteger(times), which, error, true));
  }

  /** Takes all faults back. */
  public void clear() {
    faults.clear();
  }

  @Override
  public Object pass(Call call, Next next) {
    strike(call, false);
    Object answer = next.go(call);
    strike(call, true);
    return answer;
  }

  private void strike(Call call, boolean done) {
    for (Fault fault : faults) {
      if (fault.afterwards == done && fault.strikes(call)) {
        throw fault.error;
      }
    }
  }

  private record Fault(
      String service,
      String operation,
      AtomicInteger left,
      Predicate<Call> which,
      AwsServiceException error,
      boolean afterwards) {
    boolean strikes(Call call) {
      return service.equals(call.service())
          && operation.equals(call.operation())
          && which.test(call)
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }
}
