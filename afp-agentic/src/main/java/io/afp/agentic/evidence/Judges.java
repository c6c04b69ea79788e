package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.context.VerifyPolicy;
import io.afp.core.text.Sha256;
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
  static Judges of(Checksums now) {
    return new Judges(now.of(TestFiles.below(now.root())));
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
  String now(Checksums checksums, VerifyPolicy policy) {
    StringBuilder all = new StringBuilder(policy.toString());
    files.forEach(
        (path, before) -> {
          String now = checksums.of(path);
          boolean told = now.equals(Checksums.ABSENT) && TestFiles.isTest(path);
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
}
