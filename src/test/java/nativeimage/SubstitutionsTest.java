package nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A substitution whose target is not there stops a native build minutes after its start. This says
 * so in every build, with the libraries that are on the class path.
 */
class SubstitutionsTest {

  @ParameterizedTest
  @ValueSource(classes = {SnowflakeDriverSubstitutions.class, AwsSdkSubstitutions.class})
  void everySubstitutionHasItsTarget(Class<?> holder) throws ReflectiveOperationException {
    assertThat(holder.getDeclaredClasses()).isNotEmpty();
    for (Class<?> substitution : holder.getDeclaredClasses()) {
      assertThat(problems(substitution)).isEmpty();
    }
  }

  @Test
  void aSubstitutionWithoutItsTargetIsFound() throws ReflectiveOperationException {
    assertThat(problems(Planted.class))
        .containsExactlyInAnyOrder(
            "field COUNT: native-image refuses a field that is none of the target's",
            "method helper: native-image refuses a method that is no substitute",
            "method length: java.lang.String has none of these parameters",
            "method isEmpty: java.lang.String's is not static",
            "method trim: java.lang.String's returns class java.lang.String");
  }

  private static List<String> problems(Class<?> substitution) throws ReflectiveOperationException {
    Class<?> target = target(substitution.getAnnotation(TargetClass.class));
    List<String> problems = new ArrayList<>();
    for (Field field : substitution.getDeclaredFields()) {
      if (!field.isSynthetic()) {
        problems.add(
            "field %s: native-image refuses a field that is none of the target's"
                .formatted(field.getName()));
      }
    }
    for (Method method : substitution.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        problem(method, target)
            .forEach(text -> problems.add("method %s: %s".formatted(method.getName(), text)));
      }
    }
    return problems;
  }

  private static List<String> problem(Method method, Class<?> target) {
    if (!method.isAnnotationPresent(Substitute.class)) {
      return List.of("native-image refuses a method that is no substitute");
    }
    try {
      Method original = target.getDeclaredMethod(method.getName(), method.getParameterTypes());
      if (Modifier.isStatic(original.getModifiers()) != Modifier.isStatic(method.getModifiers())) {
        return List.of(
            Modifier.isStatic(original.getModifiers())
                ? target.getName() + "'s is static"
                : target.getName() + "'s is not static");
      }
      return original.getReturnType() == method.getReturnType()
          ? List.of()
          : List.of("%s's returns %s".formatted(target.getName(), original.getReturnType()));
    } catch (NoSuchMethodException e) {
      return List.of(target.getName() + " has none of these parameters");
    }
  }

  private static Class<?> target(TargetClass annotation) throws ClassNotFoundException {
    return annotation.className().isEmpty()
        ? annotation.value()
        : Class.forName(annotation.className(), false, SubstitutionsTest.class.getClassLoader());
  }

  @TargetClass(String.class)
  static final class Planted {

    static final int COUNT = 1;

    private Planted() {}

    static int helper() {
      return COUNT;
    }

    @Substitute
    int length(int more) {
      return more;
    }

    @Substitute
    static boolean isEmpty() {
      return true;
    }

    @Substitute
    Object trim() {
      return this;
    }
  }
}
