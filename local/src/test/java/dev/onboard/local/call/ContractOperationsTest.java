package dev.onboard.local.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class ContractOperationsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        CloudFormationClient.class,
        DynamoDbClient.class,
        EventBridgeClient.class,
        LambdaClient.class,
        S3Client.class,
        SfnClient.class,
        SqsClient.class
      })
  void classFile_tellsWhatReflectionTells(Class<?> contract) {
    assertThat(ContractOperations.of(contract)).isEqualTo(reflected(contract)).isNotEmpty();
  }

  private static Map<String, MethodTypeDesc> reflected(Class<?> contract) {
    var operations = new HashMap<String, MethodTypeDesc>();
    for (Method method : contract.getMethods()) {
      String operation = Service.operationOf(method.getName());
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 0
          || !parameters[0].getSimpleName().equals(operation + "Request")
          || parameters.length == 1
              && !method.getReturnType().getSimpleName().endsWith("Response")) {
        continue;
      }
      if (Arrays.stream(parameters)
          .skip(1)
          .map(Class::getSimpleName)
          .allMatch(p -> p.equals("RequestBody") || p.equals("ResponseTransformer"))) {
        operations.put(
            operation,
            MethodTypeDesc.ofDescriptor(
                MethodType.methodType(method.getReturnType(), parameters).descriptorString()));
      }
    }
    return operations;
  }
}
