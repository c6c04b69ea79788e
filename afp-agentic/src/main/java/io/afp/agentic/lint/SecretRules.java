package io.afp.agentic.lint;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that are written down, in code too; what is found is never repeated. */
final class SecretRules {

  private static final Map<String, Pattern> SECRETS = new LinkedHashMap<>();

  static {
    SECRETS.put("a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"));
    SECRETS.put("an access key of AWS", Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"));
    SECRETS.put("a token of GitHub", Pattern.compile("\\bgh[pousr]_[0-9A-Za-z]{36,}\\b"));
    SECRETS.put(
        "a password in an address", Pattern.compile("[a-z]+://[^\\s/:@]+:(?![$*<{])[^\\s/@]+@"));
    SECRETS.put(
        "a password",
        Pattern.compile(
            "(?i)(password|passwd|secret|api[_-]?key|access[_-]?token)[\"']?\\s*[:=]\\s*[\"']?"
                + "(?![$<{*\\[\\s\"'])(?!x{3}|changeme|none|null|true|false)[^\\s\"',}]{8,}"));
  }

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
    for (Map.Entry<String, Pattern> secret : SECRETS.entrySet()) {
      Matcher found = secret.getValue().matcher(text);
      while (found.find()) {
        int line =
            1 + (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
        String what = "Cannot keep %s here: everybody reads it".formatted(secret.getKey());
        findings.add(Code.SEC001, path, line, what);
      }
    }
  }
}
