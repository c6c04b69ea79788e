package io.afp.agentic.lint;

import io.afp.agentic.documents.Lines;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.secret.Secrets;
import io.afp.agentic.tree.ProcessTree;

/** Secrets that are written down, in code too; what is found is never repeated. */
final class SecretRules {

  private final ProcessTree tree;
  private final Findings findings;

  SecretRules(ProcessTree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  void check() {
    tree.texts().forEach(this::check);
  }

  private void check(String path, String text) {
    for (Secrets.Found found : Secrets.in(text)) {
      int line = Lines.at(text, found.start());
      String what = "Cannot keep %s here: everybody reads it".formatted(found.what());
      findings.add(Code.SEC001, path, line, what);
    }
  }
}
