package architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * One rule of the design and the classes that were planted to break it.
 *
 * @param name what it says
 * @param below the rule for the packages below a root: "" for the service itself
 * @param planted classes that break it; it must report every one of them
 * @param innocent planted classes that it must not report
 */
record Rule(
    String name,
    Function<String, ArchRule> below,
    List<Class<?>> planted,
    List<Class<?>> innocent) {

  static Rule of(String name, Function<String, ArchRule> below, Class<?>... planted) {
    return new Rule(name, below, List.of(planted), List.of());
  }

  Rule spares(Class<?>... classes) {
    return new Rule(name, below, planted, List.of(classes));
  }

  @Override
  public String toString() {
    return name;
  }
}
