package io.afp.agentic.lint;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a decision has to say, so that somebody can agree to it or take it back. */
final class DecisionRules {

  private static final List<String> DOCUMENTS =
      List.of("design/design_decisions.md", "progress/decisions_log.md");
  private static final List<String> PARTS = List.of("Decision", "Reason", "Alternatives", "Impact");
  private static final Pattern ID = Pattern.compile("((?:ADR|D)-\\d+)\\b.*");

  private final ProcessTree tree;
  private final Findings findings;

  DecisionRules(ProcessTree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  void check() {
    DOCUMENTS.forEach(path -> tree.document(path).ifPresent(this::check));
  }

  private void check(Markdown document) {
    Set<String> ids = new HashSet<>();
    for (Section section : document.sections()) {
      Matcher id = ID.matcher(section.title());
      if (id.matches()) {
        if (!ids.add(id.group(1))) {
          add(document, section, id.group(1), "it is there twice");
        }
        PARTS.stream()
            .filter(part -> section.items().stream().noneMatch(i -> i.after(part).isPresent()))
            .forEach(part -> add(document, section, id.group(1), "it has no item " + part));
      }
    }
  }

  private void add(Markdown document, Section section, String id, String why) {
    findings.add(
        Code.ADR001,
        document.path(),
        section.line(),
        "Cannot rely on decision %s: %s".formatted(id, why));
  }
}
