package io.afp.agentic.context;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;

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
    return tree.yaml(place, ContextShape.SHAPE, Code.CTX001, findings).orElse(SystemContext.EMPTY);
  }
}
