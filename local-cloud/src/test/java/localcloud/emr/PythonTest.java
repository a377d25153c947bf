package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether there is a Python that runs PySpark. */
class PythonTest {

  @TempDir Path folder;

  @Test
  void a_missing_python_is_reported_with_the_way_out() {
    Python python = Python.of(Map.of("PYSPARK_PYTHON", folder + "/no-python"), "3.5.9");

    assertThat(python.lacking())
        .hasValue(
            "PySpark needs python3 with the package pyspark==3.5.9, and there is no %s/no-python; install it, for instance with python3 -m pip install pyspark==3.5.9, or name another Python in PYSPARK_PYTHON"
                .formatted(folder));
  }

  @Test
  void a_python_without_the_package_and_one_with_another_line_of_it_are_refused()
      throws IOException {
    assertThat(lacking("exit 1")).contains("python has no such package");
    assertThat(lacking("echo 3.4.1")).contains("python has version 3.4.1");
    assertThat(python("echo 3.5.2").lacking()).isEmpty();
  }

  @Test
  void the_driver_s_python_comes_before_that_of_all() {
    assertThat(Python.of(Map.of(), "3.5.9").program()).isEqualTo("python3");
    assertThat(
            Python.of(Map.of("PYSPARK_DRIVER_PYTHON", "a", "PYSPARK_PYTHON", "b"), "3.5.9")
                .program())
        .isEqualTo("a");
  }

  private String lacking(String script) throws IOException {
    return python(script).lacking().orElseThrow();
  }

  private Python python(String script) throws IOException {
    Path program = folder.resolve("python");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new Python(program.toString(), "3.5.9");
  }
}
