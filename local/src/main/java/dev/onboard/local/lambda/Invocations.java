package dev.onboard.local.lambda;

import dev.onboard.local.call.Call;
import dev.onboard.local.call.RequestIds;
import dev.onboard.local.lambda.process.InstancePool;
import dev.onboard.local.lambda.process.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Invocations that somebody waits for, and the way in for those that nobody does. */
final class Invocations {
  private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

  private final Functions functions;
  private final InstancePool pool;
  private final AsyncInvocations async;

  Invocations(Functions functions, InstancePool pool, AsyncInvocations async) {
    this.functions = functions;
    this.pool = pool;
    this.async = async;
  }

  InvokeResponse invoke(InvokeRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    Functions.Version version = functions.resolve(name);
    refuse(request);
    byte[] payload =
        request.payload() == null || request.payload().asByteArrayUnsafe().length == 0
            ? EMPTY_EVENT
            : request.payload().asByteArrayUnsafe();
    String type =
        request.invocationTypeAsString() == null
            ? "RequestResponse"
            : request.invocationTypeAsString();
    return switch (type) {
      case "DryRun" -> InvokeResponse.builder().statusCode(204).build();
      case "Event" -> {
        checkSize(payload.length, Limits.ASYNCHRONOUS_PAYLOAD);
        async.accept(name, Call.current().requestId(), payload);
        yield InvokeResponse.builder().statusCode(202).build();
      }
      case "RequestResponse" -> {
        checkSize(payload.length, Limits.SYNCHRONOUS_PAYLOAD);
        checkJson(payload);
        yield answer(version, run(version, name, Call.current().requestId(), payload));
      }
      default -> throw Errors.invalid("Unknown InvocationType: " + type);
    };
  }

  /** Runs an invocation to its end. */
  Outcome run(Functions.Version version, FunctionName name, String requestId, byte[] payload) {
    String arn =
        functions.arn(name.name()) + (name.qualifier() == null ? "" : ":" + name.qualifier());
    return pool.invoke(functions.spec(version), arn, requestId, payload);
  }

  Outcome run(FunctionName name, byte[] payload) {
    return run(functions.resolve(name), name, RequestIds.next(), payload);
  }

  private static InvokeResponse answer(Functions.Version version, Outcome outcome) {
    InvokeResponse.Builder answer =
        InvokeResponse.builder()
            .statusCode(200)
            .executedVersion(version.config().version())
            .payload(SdkBytes.fromByteArrayUnsafe(outcome.payload()));
    if (outcome instanceof Outcome.Failure) {
      answer.functionError("Unhandled");
    }
    return answer.build();
  }

  private static void refuse(InvokeRequest request) {
    if ("Tail".equals(request.logTypeAsString())) {
      throw Functions.unsupported("Invoke", "LogType Tail");
    } else if (request.durableExecutionName() != null) {
      throw Functions.unsupported("Invoke", "DurableExecutionName");
    } else if (request.tenantId() != null) {
      throw Functions.unsupported("Invoke", "TenantId");
    } else if (request.clientContext() != null) {
      try {
        Base64.getDecoder().decode(request.clientContext());
      } catch (IllegalArgumentException e) {
        throw Errors.invalid("Client context must be a valid Base64-encoded JSON object.");
      }
      throw Functions.unsupported("Invoke", "ClientContext");
    }
  }

  private static void checkSize(int size, int limit) {
    if (size > limit) {
      throw Errors.tooLarge(
          "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
    }
  }

  private static void checkJson(byte[] payload) {
    try {
      Json.MAPPER.readTree(payload);
    } catch (java.io.IOException e) {
      throw dev.onboard.local.call.AwsErrors.error(
          software.amazon.awssdk.services.lambda.model.InvalidRequestContentException.builder(),
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: Could not parse payload into json: "
              + e.getMessage());
    }
  }
}
