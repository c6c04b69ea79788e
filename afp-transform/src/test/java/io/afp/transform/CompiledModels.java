package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A class path that can change between two runs, as a jar does that is built anew. */
final class CompiledModels {

  private static final String IMPORTS =
      """
      import io.afp.core.spi.*;
      import java.util.*;
      import org.apache.spark.sql.*;
      import static org.apache.spark.sql.functions.*;
      """;

  private final Path root;

  CompiledModels(Path root) {
    this.root = root;
  }

  /** Compiles a public class of the package {@code acme}. */
  void compile(String name, String source) {
    try {
      Path file = root.resolve("src/acme/" + name + ".java");
      Files.createDirectories(file.getParent());
      Files.createDirectories(classes());
      Files.writeString(file, "package acme;\n" + IMPORTS + source);
      compile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compile(Path file) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-g", "--release", "17", "-proc:none", "-d", classes().toString(), "-cp", classPath());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
  }

  private static String classPath() {
    String ofSurefire = System.getProperty("surefire.test.class.path");
    return ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
  }

  private Path classes() {
    return root.resolve("classes");
  }

  /** Does something in a thread whose class path has what was compiled. */
  <T> T with(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes().toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
