package io.afp.agentic.tasks;

import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.finding.Code;
import io.afp.agentic.tree.PlainPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that judges a criterion. It is run without a shell: its words are parted by blanks, a
 * word with blanks stands in quotes, and nothing in it is replaced.
 */
public record VerifyCommand(List<String> words) {

  private static final String FOR_SHELLS = "|&;<>$`(){}\n";
  private static final Set<String> SHELLS =
      Set.of(
          "sh",
          "bash",
          "dash",
          "zsh",
          "ksh",
          "fish",
          "env",
          "xargs",
          "sudo",
          "nohup",
          "eval",
          "cmd",
          "powershell",
          "pwsh",
          "true",
          ":",
          "echo",
          "test",
          "[",
          "python",
          "python3",
          "perl",
          "ruby",
          "node",
          "jshell",
          "busybox");
  private static final Set<String> ASKS =
      Set.of("--version", "-version", "--help", "-help", "--list-modules", "--dry-run");
  private static final Set<String> ASKS_ALONE = Set.of("-v", "-V", "-h");
  private static final Pattern HOLLOW =
      Pattern.compile(
          "(-D)?(skipTests|skipITs|maven\\.test\\.skip|maven\\.test\\.failure\\.ignore"
              + "|testFailureIgnore)(=(?!false).*)?|-fn|--fail-never");
  private static final Set<String> MAVEN = Set.of("mvn", "mvnw");
  private static final Set<String> GOALS = Set.of("test", "verify", "install");

  /** What is wrong with a command, under its code. */
  public record Complaint(Code code, String why) {}

  /**
   * The words of a text.
   *
   * @throws IllegalArgumentException if only a shell could run it
   */
  public static VerifyCommand parse(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (char c : text.strip().toCharArray()) {
      if (quote == 0 && FOR_SHELLS.indexOf(c) >= 0) {
        throw new IllegalArgumentException("only a shell understands '%s'".formatted(c));
      }
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0 || word == null) {
      throw new IllegalArgumentException(quote == 0 ? "it is empty" : "a quote is not closed");
    }
    words.add(word.toString());
    return new VerifyCommand(List.copyOf(words));
  }

  /** Why a text may not be run here; empty when it may. */
  public static Optional<Complaint> complaint(String text, VerifyPolicy policy, Path root) {
    try {
      return parse(text).complaint(policy, root);
    } catch (IllegalArgumentException e) {
      return Optional.of(new Complaint(Code.TSK011, e.getMessage()));
    }
  }

  private Optional<Complaint> complaint(VerifyPolicy policy, Path root) {
    String first = words.get(0);
    String name = first.substring(first.lastIndexOf('/') + 1);
    if (SHELLS.contains(name)) {
      return because(Code.TSK011, name + " runs any other command");
    }
    if (!policy.allow().contains(first)) {
      return because(
          Code.TSK011, "%s is not among %s".formatted(first, String.join(", ", policy.allow())));
    }
    if (first.contains("/") && PlainPath.inside(root, first).isEmpty()) {
      return because(Code.TSK012, first + " lies outside of the project");
    }
    Optional<String> outside = words.stream().skip(1).filter(w -> leadsOut(w, root)).findFirst();
    if (outside.isPresent()) {
      return because(Code.TSK012, outside.get() + " leads out of the project");
    }
    if (MAVEN.contains(name) && words.stream().noneMatch(GOALS::contains)) {
      return because(Code.TSK015, "Maven runs no test without test, verify or install");
    }
    if (name.equals("java") && words.stream().skip(1).allMatch(w -> w.startsWith("-"))) {
      return because(Code.TSK015, "it names no class and no jar");
    }
    return words.stream()
        .skip(1)
        .filter(this::isHollow)
        .findFirst()
        .flatMap(w -> because(Code.TSK015, "with %s it succeeds whatever was done".formatted(w)));
  }

  private static Optional<Complaint> because(Code code, String why) {
    return Optional.of(new Complaint(code, why));
  }

  /**
   * An argument that is a path and not one of the project, also behind an option or an {@code @}.
   */
  private static boolean leadsOut(String word, Path root) {
    return Stream.of(
            word, word.substring(word.indexOf('=') + 1), word.replaceFirst("^(@|-[A-Za-z])", ""))
        .filter(path -> path.contains("/") || path.equals(".."))
        .anyMatch(path -> PlainPath.inside(root, path).isEmpty());
  }

  private boolean isHollow(String word) {
    return ASKS.contains(word)
        || words.size() == 2 && ASKS_ALONE.contains(word)
        || HOLLOW.matcher(word).matches();
  }
}
