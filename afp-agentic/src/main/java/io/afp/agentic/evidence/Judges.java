package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.tree.PlainPath;
import io.afp.core.text.Sha256;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What decides whether the commands of a task succeed, beside its deliverables: the tests that were
 * there when the work began, the files of the build, and what the context allows.
 *
 * @param files by their paths, with their checksums when the work began
 */
record Judges(SortedMap<String, String> files) {

  /** Those of a project now. */
  static Judges of(Path root) {
    SortedMap<String, String> files = new TreeMap<>();
    TestFiles.below(root).forEach(path -> files.put(path, checksum(root, path)));
    return new Judges(files);
  }

  /** Those of the start of a task. */
  static Judges of(Entry start) {
    return new Judges(start.checksums("judges"));
  }

  /** The tests among them. */
  SortedMap<String, String> tests() {
    SortedMap<String, String> tests = new TreeMap<>(files);
    tests.keySet().removeIf(path -> !TestFiles.isTest(path));
    return tests;
  }

  /**
   * One checksum over all of them as they are now; of a test that is gone a code of its own tells.
   */
  String now(Path root, VerifyPolicy policy) {
    StringBuilder all = new StringBuilder(policy.toString());
    files.forEach(
        (path, before) -> {
          String now = checksum(root, path);
          boolean told = now.equals(FileState.ABSENT) && TestFiles.isTest(path);
          all.append('\n').append(path).append(told ? before : now);
        });
    return Sha256.of(all.toString());
  }

  /** Writes them down. */
  void into(ObjectNode entry) {
    ObjectNode written = entry.putObject("judges");
    for (Map.Entry<String, String> file : files.entrySet()) {
      written.put(file.getKey(), file.getValue());
    }
  }

  static String checksum(Path root, String path) {
    return PlainPath.inside(root, path)
        .filter(FileState::isWritten)
        .map(Sha256::of)
        .orElse(FileState.ABSENT);
  }
}
