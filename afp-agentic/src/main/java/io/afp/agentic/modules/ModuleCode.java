package io.afp.agentic.modules;

import io.afp.agentic.tree.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The code in the folder of a module.
 *
 * @param lines that are not blank, of files that are no tests
 * @param tests how many files are tests
 */
public record ModuleCode(long lines, long tests) {

  private static final Pattern CODE = Pattern.compile(".*\\.(java|py|scala|kt|sql)");
  private static final Pattern TEST = Pattern.compile("(.*/)?(src/test|tests?)/.*");
  private static final Pattern BUILT = Pattern.compile("(.*/)?(target|\\.[^/]+)/.*");

  /** That below a folder; nothing where there is none. */
  static ModuleCode below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new ModuleCode(0, 0);
    }
    long lines = 0;
    long tests = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = ProcessTree.name(folder, file);
        if (!CODE.matcher(name).matches() || BUILT.matcher(name).matches()) {
          continue;
        }
        if (TEST.matcher(name).matches()) {
          tests++;
        } else {
          lines += lines(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModuleCode(lines, tests);
  }

  /** Bytes as they are: code in another encoding has as many lines. */
  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> !line.isBlank()).count();
    }
  }
}
