package bench;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Creates the service's classes as CDI does, each once and from its constructor, but without a container: a benchmark provides its replacements beforehand.
 */
final class Beans {

  private final Map<Class<?>, Object> made = new HashMap<>();

  /** Provides this object for its type. */
  Beans with(Class<?> type, Object bean) {
    made.put(type, bean);
    return this;
  }

  /** Provides the objects of that object's producer fields. */
  Beans withProductsOf(Object producer) throws ReflectiveOperationException {
    for (Field field : producer.getClass().getDeclaredFields()) {
      if (field.isAnnotationPresent(Produces.class)) {
        field.setAccessible(true);
        made.put(field.getType(), field.get(producer));
      }
    }
    return this;
  }

  <T> T get(Class<T> type) throws ReflectiveOperationException {
    if (!made.containsKey(type)) {
      Constructor<?> constructor = constructor(type);
      Object[] arguments = new Object[constructor.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = get(constructor.getParameterTypes()[i]);
      }
      constructor.setAccessible(true);
      made.put(type, constructor.newInstance(arguments));
    }
    return type.cast(made.get(type));
  }

  private static Constructor<?> constructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    return Arrays.stream(all)
        .filter(one -> all.length == 1 || one.isAnnotationPresent(Inject.class))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Cannot make a " + type));
  }
}
