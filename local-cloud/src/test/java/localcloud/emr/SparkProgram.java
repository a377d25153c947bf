package localcloud.emr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A small Spark program, compiled when the tests run because this module has no Spark on its class
 * path.
 */
final class SparkProgram {
  private static final String SOURCE =
      """
      import java.util.Arrays;
      import org.apache.spark.sql.SparkSession;

      public class Count {
        public static void main(String[] args) {
          SparkSession spark = SparkSession.builder().getOrCreate();
          if (args[0].equals("fail")) {
            throw new IllegalStateException("no such luck");
          }
          spark.read().csv(args[0]).groupBy("_c1").count().coalesce(1).write().parquet(args[1]);
          System.out.println("wrote " + spark.read().parquet(args[1]).count() + " rows");
          System.out.println("memory " + Runtime.getRuntime().maxMemory());
          System.out.println("setting " + spark.conf().get("spark.test.setting", "none"));
          System.out.println("arguments " + Arrays.toString(args));
          spark.stop();
        }
      }
      """;

  private SparkProgram() {}

  /** The program as a jar, its main class {@code Count}. */
  static byte[] jar(SparkRuntime spark, Path scratch) throws IOException {
    Files.createDirectories(scratch);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Count.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
          }
        };
    List<String> options = List.of("-classpath", spark.classPath(), "-d", scratch.toString());
    if (!compiler.getTask(null, null, null, options, null, List.of(source)).call()) {
      throw new IOException("Cannot compile the Spark program");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, new Manifest());
        Stream<Path> classes = Files.list(scratch)) {
      for (Path file : classes.toList()) {
        jar.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, jar);
      }
    }
    return bytes.toByteArray();
  }

  /** What the program reads: two classes, three rows. */
  static byte[] input() {
    return "1,setosa\n2,setosa\n3,virginica\n".getBytes(StandardCharsets.UTF_8);
  }
}
