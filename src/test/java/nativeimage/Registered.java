package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;

/** What an annotation registers: its targets, and the types in these. */
final class Registered {

  private Registered() {}

  /** The records and enums among them. */
  static List<Class<?>> by(Class<?> annotated) {
    RegisterForReflection registration = annotated.getAnnotation(RegisterForReflection.class);
    Stream<Class<?>> nested =
        Stream.of(registration.targets())
            .filter(type -> !registration.ignoreNested())
            .flatMap(type -> Stream.of(type.getDeclaredClasses()));
    return Stream.<Class<?>>concat(Stream.of(registration.targets()), nested)
        .filter(type -> type.isRecord() || type.isEnum())
        .toList();
  }
}
