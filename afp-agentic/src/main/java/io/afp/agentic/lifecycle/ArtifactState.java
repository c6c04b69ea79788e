package io.afp.agentic.lifecycle;

import io.afp.agentic.lifecycle.Phase.Artifact;
import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checksums of what phases leave, at a moment. */
final class ArtifactState {

  private static final String ABSENT = "absent";

  private ArtifactState() {}

  /** Those of a phase and of all phases that it rests on, by their places. */
  static SortedMap<String, String> of(ProcessTree tree, Lifecycle lifecycle, Phase phase) {
    SortedMap<String, String> state = new TreeMap<>();
    phase.artifacts().forEach(each -> state.put(Lifecycle.place(each), checksum(tree, each)));
    for (String before : phase.requires()) {
      lifecycle.find(before).ifPresent(p -> state.putAll(of(tree, lifecycle, p)));
    }
    return state;
  }

  private static String checksum(ProcessTree tree, Artifact artifact) {
    return PlainPath.inside(tree.root(), Lifecycle.place(artifact))
        .filter(Files::exists)
        .map(path -> Files.isDirectory(path) ? ofFolder(path) : Sha256.of(path))
        .orElse(ABSENT);
  }

  /** Over the names and checksums of all files in it. */
  private static String ofFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return Sha256.of(
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file) + " " + Sha256.of(file))
              .sorted()
              .collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
