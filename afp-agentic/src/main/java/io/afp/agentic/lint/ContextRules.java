package io.afp.agentic.lint;

import io.afp.agentic.context.ContextFile;
import io.afp.agentic.context.SystemContext.Tool;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Reactor;
import io.afp.agentic.tree.ProcessTree;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds of the context and of what has to agree with it. */
final class ContextRules {

  private static final Pattern GUIDE = Pattern.compile("([a-z0-9-]+)_([0-9][0-9A-Za-z.]*)_[a-z_]+");

  private final ProcessModel model;
  private final Findings findings;

  ContextRules(ProcessModel model, Findings findings) {
    this.model = model;
    this.findings = findings;
  }

  void check() {
    Collection<Tool> tools = model.context().stack().values();
    Optional<Reactor> build = Reactor.read(model.tree().root());
    for (Tool tool : tools) {
      build.flatMap(b -> b.version(tool.word())).ifPresent(built -> checkVersion(tool, built));
    }
    for (Markdown guide : model.tree().documentsIn("context/technology")) {
      checkGuide(guide, tools);
    }
  }

  private void checkVersion(Tool tool, String built) {
    if (!built.equals(tool.version())) {
      findings.add(
          Code.CTX002,
          ProcessTree.path(ContextFile.PATH),
          0,
          "Cannot tell the version of %s: the context says %s, pom.xml says %s"
              .formatted(tool.tool(), tool.version(), built));
    }
  }

  private void checkGuide(Markdown guide, Collection<Tool> tools) {
    Matcher name = GUIDE.matcher(guide.name());
    if (!name.matches()) {
      return;
    }
    List<Tool> same = tools.stream().filter(t -> t.word().equals(name.group(1))).toList();
    for (Tool tool : same) {
      String version = name.group(2);
      if (!tool.version().equals(version) && !tool.version().startsWith(version + ".")) {
        findings.add(
            Code.CTX004,
            guide.path(),
            0,
            "Cannot use the guide for %s %s: the project has %s"
                .formatted(tool.tool(), version, tool.version()));
      }
    }
  }
}
