package io.afp.agentic.lifecycle;

import io.afp.agentic.lifecycle.Phase.Artifact;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problems;
import io.afp.core.text.Resource;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The phases, in their order.
 *
 * @param phases from the first to the last
 */
public record Lifecycle(List<Phase> phases) {

  private static final String FILE = "lifecycle.yaml";

  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Items<String> TEXTS = new Items<>(TEXT, "a list of texts");
  private static final Field<List<String>> SECTIONS =
      Field.optional("sections", TEXTS, List.of(), "Headings that it has to have");
  private static final Fields<Artifact> ARTIFACT =
      new Fields<>("a mapping", List.of(SECTIONS), r -> new Artifact("", r.get(SECTIONS)));
  private static final Field<String> NAME = Field.required("name", TEXT, "Its name");
  private static final Field<List<String>> REQUIRES =
      Field.optional("requires", TEXTS, List.of(), "Phases that come before");
  private static final Field<Map<String, Artifact>> ARTIFACTS =
      Field.required("artifacts", new Entries<>(TEXT, ARTIFACT, "a mapping"), "What it leaves");
  private static final Fields<Phase> PHASE =
      new Fields<>(
          "a mapping",
          List.of(NAME, REQUIRES, ARTIFACTS),
          r ->
              new Phase(
                  "",
                  r.get(NAME),
                  r.get(REQUIRES),
                  r.get(ARTIFACTS).entrySet().stream()
                      .map(e -> e.getValue().at(e.getKey()))
                      .toList()));
  private static final Field<Map<String, Phase>> PHASES =
      Field.required("phases", new Entries<>(TEXT, PHASE, "a mapping"), "The phases");
  private static final Fields<Lifecycle> SHAPE =
      new Fields<>("a mapping", List.of(PHASES), r -> new Lifecycle(named(r.get(PHASES))));

  /** That of the process. */
  public static Lifecycle standard() {
    String text = Resource.text(Lifecycle.class, FILE);
    return Document.parse(text, FILE, new Problems()).flatMap(SHAPE::read).orElseThrow();
  }

  private static List<Phase> named(Map<String, Phase> phases) {
    return phases.entrySet().stream()
        .map(
            e ->
                new Phase(
                    e.getKey(),
                    e.getValue().name(),
                    e.getValue().requires(),
                    e.getValue().artifacts()))
        .toList();
  }

  /** The phase of an id. */
  public Optional<Phase> find(String id) {
    return phases.stream().filter(phase -> phase.id().equals(id)).findFirst();
  }

  /**
   * The phase of an id.
   *
   * @throws AfpException UNKNOWN_TASK if there is none
   */
  public Phase require(String id) {
    String known = phases.stream().map(Phase::id).collect(Collectors.joining(", "));
    return find(id)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.UNKNOWN_TASK,
                    "Cannot find the phase: there is none of that id (phase=%s)".formatted(id),
                    "Phases: %s.".formatted(known)));
  }

  /**
   * The phases before the last one that has begun: what they leave is built upon. What lies outside
   * of {@code agent-prompts} begins none, because a project may have it anyway.
   */
  public List<Phase> finished(ProcessTree tree) {
    int last = 0;
    for (int i = 0; i < phases.size(); i++) {
      boolean begun =
          phases.get(i).artifacts().stream().anyMatch(a -> !a.isOfProject() && isThere(tree, a));
      last = begun ? i : last;
    }
    return phases.subList(0, last);
  }

  /** Whether a file is there, or a folder with something in it. */
  public static boolean isThere(ProcessTree tree, Artifact artifact) {
    Path path = tree.root().resolve(place(artifact));
    if (!artifact.isFolder()) {
      return Files.isRegularFile(path);
    }
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where an artifact is, from the root of the project. */
  public static String place(Artifact artifact) {
    String path = artifact.path().replaceFirst("/$", "");
    return artifact.isOfProject() ? path.substring(1) : ProcessTree.path(path);
  }
}
