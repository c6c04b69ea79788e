package io.afp.cli;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.RunHistory;
import io.afp.core.yaml.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pipelines and tables that can be asked about: what the project defines, and what the ledger
 * has seen. Looked up only where an answer is empty, to tell nothing found from nothing there.
 */
final class KnownNames {

  private static final int SHOWN = 8;

  private final Set<String> pipelines;
  private final Set<String> tables;

  private KnownNames(Set<String> pipelines, Set<String> tables) {
    this.pipelines = pipelines;
    this.tables = tables;
  }

  static KnownNames of(Project project, Ledger ledger) {
    RunHistory history = new RunHistory(ledger.database());
    KnownNames known =
        new KnownNames(new TreeSet<>(history.pipelines()), new TreeSet<>(history.tables()));
    List<PipelineDef> defined =
        project.pipelines().stream()
            .map(folder -> PipelineReader.check(project, folder).definition())
            .flatMap(Optional::stream)
            .toList();
    for (PipelineDef pipeline : defined) {
      known.pipelines.add(pipeline.name());
      pipeline.tables().forEach(table -> known.tables.add(table.name().toString()));
    }
    return known;
  }

  void requirePipeline(String name) {
    require(name, "pipeline", pipelines);
  }

  void requireTable(String name) {
    require(name, "table", tables);
  }

  void requireTableOrPipeline(String name) {
    Set<String> both = new TreeSet<>(pipelines);
    both.addAll(tables);
    require(name, "table or pipeline", both);
  }

  private static void require(String name, String what, Collection<String> known) {
    if (!known.contains(name)) {
      String first = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
      String otherwise =
          known.isEmpty()
              ? "There is none yet."
              : "There are: %s%s.".formatted(first, known.size() > SHOWN ? ", …" : "");
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot look it up: neither project nor ledger has such a %s (name=%s)"
              .formatted(what, name),
          Nearest.fix(name, known, otherwise));
    }
  }
}
