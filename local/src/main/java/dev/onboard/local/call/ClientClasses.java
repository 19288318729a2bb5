package dev.onboard.local.call;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Makes the classes of in-process clients. Each implements the SDK's interface of a service with a
 * method for every operation; those that the service does not have are refused by name.
 *
 * <p>A dynamic proxy would do the same, but loads every class of the SDK's model ({@link
 * ContractOperations}).
 */
final class ClientClasses {
  private static final ClassDesc BASE = desc(InProcessClient.class);
  private static final MethodTypeDesc CONSTRUCTOR =
      MethodTypeDesc.of(
          CD_void, desc(Services.class), desc(Service.class), desc(Principal.class), CD_boolean);
  private static final MethodTypeDesc CALL =
      MethodTypeDesc.of(CD_Object, CD_String, desc(SdkRequest.class), CD_Object.arrayType());

  private static final MethodTypeDesc REFUSE =
      MethodTypeDesc.of(desc(RuntimeException.class), CD_String);

  private ClientClasses() {}

  /**
   * The constructor of a new class; it takes what that of {@link InProcessClient} takes.
   *
   * @param contract the SDK's interface
   * @param supported the operations that the service has
   */
  static MethodHandle constructor(Class<?> contract, Set<String> supported) {
    Map<String, MethodTypeDesc> operations = ContractOperations.of(contract);
    byte[] bytes =
        ClassFile.of()
            .build(
                desc(InProcessClient.class).nested(contract.getSimpleName()),
                type -> {
                  type.withFlags(ACC_FINAL).withSuperclass(BASE);
                  type.withInterfaceSymbols(List.of(desc(contract)));
                  type.withMethodBody(INIT_NAME, CONSTRUCTOR, 0, ClientClasses::constructor);
                  operations.forEach((name, method) ->
                      type.withMethodBody(
                          Service.methodOf(name),
                          method,
                          ACC_PUBLIC | ACC_FINAL,
                          code -> {
                            if (supported.contains(name)) {
                              operation(code, name, method);
                            } else {
                              code.aload(0).ldc(name).invokevirtual(BASE, "refuse", REFUSE);
                              code.athrow();
                            }
                          }));
                });
    try {
      MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, false);
      return made.findConstructor(
          made.lookupClass(),
          MethodType.methodType(
              void.class, Services.class, Service.class, Principal.class, boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).aload(1).aload(2).aload(3).iload(4);
    code.invokespecial(BASE, INIT_NAME, CONSTRUCTOR).return_();
  }

  private static void operation(CodeBuilder code, String name, MethodTypeDesc method) {
    int extra = method.parameterCount() - 1;
    code.aload(0).ldc(name).aload(1).loadConstant(extra).anewarray(CD_Object);
    for (int i = 0; i < extra; i++) {
      code.dup().loadConstant(i).aload(2 + i).aastore();
    }
    code.invokevirtual(BASE, "call", CALL).checkcast(method.returnType()).areturn();
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
