package io.afp.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs of Python, installed once a build.
 *
 * @param folder their environment, below {@code target}
 */
record Python(Path folder) {

  /**
   * An environment.
   *
   * @param name of its folder
   * @param packages what pip installs, as its arguments
   */
  static Python with(String name, String... packages) throws IOException {
    Python python = new Python(Reactor.target("afp-examples").resolve(name));
    Once.make(
        name + ".installed",
        () -> {
          run(List.of("python3", "-m", "venv", "--clear", python.folder().toString()));
          List<String> pip = new ArrayList<>();
          pip.add(python.program("pip"));
          pip.addAll(List.of("install", "--no-input", "--quiet", "--no-compile"));
          pip.addAll(List.of(packages));
          run(pip);
        });
    return python;
  }

  private static void run(List<String> command) {
    Command.start(Reactor.target("afp-examples"), Map.of(), command).ended().succeeded();
  }

  /** A program of the environment. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }
}
