package io.afp.agentic.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that were there before and are not told again: the document that {@code afp lint --json}
 * printed. Lines don't count, so that a finding stays the same when something is written above it.
 */
public final class Baseline {

  /** Work that is claimed and was not done is never old, nor is what was edited to show it. */
  static final Set<Code> ALWAYS =
      EnumSet.of(
          Code.TSK005,
          Code.TSK006,
          Code.TSK007,
          Code.TSK008,
          Code.TSK009,
          Code.TSK010,
          Code.TSK018,
          Code.TSK019,
          Code.PHA003,
          Code.PRM002,
          Code.PRM005);

  private final Set<String> known;

  private Baseline(Set<String> known) {
    this.known = known;
  }

  /**
   * Reads one.
   *
   * @throws AfpException USAGE if the file is no such document
   */
  public static Baseline read(Path file) {
    Set<String> known = new HashSet<>();
    try {
      JsonNode document = new ObjectMapper().readTree(file.toFile());
      if (!document.path("diagnostics").isArray()) {
        throw refused(file, "it has no diagnostics", null);
      }
      for (JsonNode each : document.path("diagnostics")) {
        known.add(
            key(
                each.path("code").asText(),
                each.path("path").asText(),
                each.path("message").asText()));
      }
      return new Baseline(known);
    } catch (IOException e) {
      throw refused(file, e.getClass().getSimpleName(), e);
    }
  }

  private static AfpException refused(Path file, String why, IOException cause) {
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot use the baseline: %s (file=%s)".formatted(why, file),
        "Make it by `afp lint --json`, and keep what that prints in a file.",
        cause);
  }

  /** Those that are new. */
  public List<Finding> without(List<Finding> findings) {
    return findings.stream()
        .filter(f -> ALWAYS.contains(f.code()) || !known.contains(key(f)))
        .toList();
  }

  private static String key(Finding finding) {
    return key(finding.code().name(), finding.path(), finding.message());
  }

  private static String key(String code, String path, String message) {
    return String.join("\n", code, path, message);
  }
}
