package io.afp.examples;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is made once a build, by the first JVM of the tests that needs it, while others wait. */
final class Once {

  private Once() {}

  /** What makes it. */
  interface Step {
    void run() throws IOException;
  }

  /**
   * Makes something below {@code target} that is not there yet.
   *
   * @param name of the file that says that it is made
   */
  static void make(String name, Step step) throws IOException {
    Path made = Reactor.target("afp-examples").resolve(name);
    try (FileChannel channel =
            FileChannel.open(
                made.resolveSibling(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(made)) {
        step.run();
        Files.createFile(made);
      }
    }
  }
}
