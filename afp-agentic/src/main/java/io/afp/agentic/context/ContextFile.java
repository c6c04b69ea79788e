package io.afp.agentic.context;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;

/** Reads the context of a project. */
public final class ContextFile {

  /** Its place. */
  public static final String PATH = "context/system_context.yaml";

  /** The older place, which is still read. */
  public static final String OLDER_PATH = "context.yaml";

  private ContextFile() {}

  /** The context; {@link SystemContext#EMPTY} where there is none, or none that can be read. */
  public static SystemContext read(ProcessTree tree, Findings findings) {
    String place = tree.text(PATH).isPresent() ? PATH : OLDER_PATH;
    Problems problems = new Problems();
    SystemContext context =
        tree.text(place)
            .flatMap(text -> Document.parse(text, ProcessTree.path(place), problems))
            .flatMap(ContextShape.SHAPE::read)
            .orElse(SystemContext.EMPTY);
    findings.addAll(Code.CTX001, problems);
    return context;
  }
}
