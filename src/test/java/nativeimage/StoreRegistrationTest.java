package nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import run.ClusterStatus;
import run.Findings;
import run.LoadedTable;

/** A type that is not registered could not be read again, in a native image only. */
class StoreRegistrationTest {

  @Test
  void each_record_and_enum_of_what_the_store_keeps_as_json_is_registered() {
    Set<Class<?>> kept = new LinkedHashSet<>();
    Stream.of(Findings.class, LoadedTable.class, ClusterStatus.class)
        .forEach(type -> collect(type, kept));

    assertThat(Registered.by(ContractRegistration.class))
        .containsAll(kept.stream().filter(type -> isOf("contract", type)).toList());
    assertThat(Registered.by(StoreRegistration.class))
        .containsExactlyInAnyOrderElementsOf(
            kept.stream().filter(type -> isOf("run", type)).toList());
  }

  private static boolean isOf(String room, Class<?> type) {
    return type.getPackageName().equals(room);
  }

  private static void collect(Type type, Set<Class<?>> kept) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, kept));
    } else if (type instanceof Class<?> plain && (isOf("run", plain) || isOf("contract", plain))) {
      kept.add(plain);
      if (plain.isRecord()) {
        Stream.of(plain.getRecordComponents())
            .map(RecordComponent::getGenericType)
            .forEach(component -> collect(component, kept));
      }
    }
  }
}
