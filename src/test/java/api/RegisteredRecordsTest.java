package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.Test;

/** A native image keeps what Jackson has to read of a record only if it is registered. */
class RegisteredRecordsTest {

  private static final List<Class<?>> OURS =
      new ClassFileImporter()
              .importPackages(
                  "api",
                  "run",
                  "batch",
                  "contract",
                  "flow",
                  "security",
                  "store",
                  "pipeline",
                  "nativeimage")
              .stream()
              .filter(
                  type ->
                      !type.getSource().orElseThrow().getUri().toString().contains("test-classes"))
              .<Class<?>>map(JavaClass::reflect)
              .toList();

  @Test
  void every_record_that_the_api_answers_with_is_registered_for_reflection() {
    Set<Class<?>> registered =
        OURS.stream().flatMap(RegisteredRecordsTest::registeredBy).collect(Collectors.toSet());
    Set<Class<?>> written = written();

    assertThat(written).contains(RunView.class, RunDetailView.class, RunEventView.class);
    assertThat(written.stream().filter(type -> !registered.contains(type)).map(Class::getName))
        .isEmpty();
  }

  private static Set<Class<?>> written() {
    Set<Class<?>> written = new LinkedHashSet<>();
    OURS.stream()
        .filter(type -> type.isAnnotationPresent(Path.class) && type.getPackageName().equals("api"))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(
            method ->
                method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(POST.class))
        .flatMap(RegisteredRecordsTest::answers)
        .forEach(type -> walk(type, written));
    return written;
  }

  private static Stream<Type> answers(Method endpoint) {
    return Stream.concat(
        Stream.of(endpoint.getGenericReturnType()),
        Arrays.stream(endpoint.getAnnotationsByType(APIResponse.class))
            .flatMap(response -> Arrays.stream(response.content()))
            .map(content -> (Type) content.schema().implementation()));
  }

  private static void walk(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> walk(argument, found));
    } else if (type instanceof WildcardType any) {
      Stream.of(any.getUpperBounds()).forEach(bound -> walk(bound, found));
    } else if (type instanceof GenericArrayType array) {
      walk(array.getGenericComponentType(), found);
    } else if (type instanceof Class<?> one && one.isRecord() && found.add(one)) {
      Stream.of(one.getRecordComponents())
          .filter(component -> !component.getAccessor().isAnnotationPresent(JsonIgnore.class))
          .map(RecordComponent::getGenericType)
          .forEach(component -> walk(component, found));
    }
  }

  /** Those that an annotated class names, or itself; and what they contain. */
  private static Stream<Class<?>> registeredBy(Class<?> type) {
    RegisterForReflection registers = type.getAnnotation(RegisterForReflection.class);
    if (registers == null) {
      return Stream.empty();
    }
    Stream<Class<?>> named =
        registers.targets().length > 0 ? Stream.of(registers.targets()) : Stream.of(type);
    return registers.ignoreNested() ? named : named.flatMap(RegisteredRecordsTest::withNested);
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    return Stream.concat(
        Stream.of(type),
        Stream.of(type.getDeclaredClasses()).flatMap(RegisteredRecordsTest::withNested));
  }
}
