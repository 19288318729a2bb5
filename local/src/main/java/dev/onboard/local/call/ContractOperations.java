package dev.onboard.local.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The operations of an SDK client interface, read out of its class file: reflection would load
 * every class of the SDK's model, those of operations that nobody calls included.
 */
final class ContractOperations {
  private static final Set<String> STREAMS = Set.of("RequestBody", "ResponseTransformer");

  private ContractOperations() {}

  /** The types of the operations' methods by the operations' names. */
  static Map<String, MethodTypeDesc> of(Class<?> contract) {
    var operations = new HashMap<String, MethodTypeDesc>();
    try (InputStream in = contract.getResourceAsStream(contract.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException("the class file of " + contract + " is not to be found");
      }
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        String operation = Service.operationOf(method.methodName().stringValue());
        String descriptor = method.methodType().stringValue();
        if (mayBe(operation, descriptor)) {
          MethodTypeDesc type = method.methodTypeSymbol();
          if (isOperation(operation, type)) {
            operations.put(operation, type);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return operations;
  }

  /** Whether a method of a service stands for an operation. */
  static boolean isOperation(Method method) {
    String name = Service.operationOf(method.getName());
    String descriptor =
        MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .descriptorString();
    return mayBe(name, descriptor) && isOperation(name, MethodTypeDesc.ofDescriptor(descriptor));
  }

  /** Most methods are not worth a closer look. */
  private static boolean mayBe(String name, String descriptor) {
    return descriptor.contains("/" + name + "Request;");
  }

  /** An operation takes its own request, and a body or a transformer if it streams. */
  private static boolean isOperation(String name, MethodTypeDesc type) {
    if (!type.parameterType(0).displayName().equals(name + "Request")) {
      return false;
    }
    return type.parameterCount() == 1
        ? type.returnType().displayName().endsWith("Response")
        : type.parameterList().stream()
            .skip(1)
            .map(ClassDesc::displayName)
            .allMatch(STREAMS::contains);
  }
}
