package io.afp.agentic.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.agentic.documents.FrontMatter;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What holds of the files in {@code .claude}: agents pass over what they can't use. */
final class AgentFileRules {

  private static final String FOLDER = ".claude";
  private static final String SETTINGS = ".claude/settings.json";
  private static final String EVIDENCE = "Edit(.afp/**)";
  private static final String SKILLS = ".claude/skills";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int LONGEST_DESCRIPTION = 1_024;

  private final Path root;
  private final Findings findings;

  AgentFileRules(Path root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  void check() {
    skills().forEach(this::checkSkill);
    checkSettings();
  }

  private List<Path> skills() {
    Path folder = root.resolve(SKILLS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .map(each -> each.resolve("SKILL.md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkSkill(Path file) {
    String path = ProcessTree.name(root, file);
    Optional<FrontMatter> header;
    try {
      header = Markdown.parse(path, Files.readString(file)).frontMatter();
    } catch (IOException e) {
      skill(path, "it can not be read");
      return;
    }
    String name = header.flatMap(h -> h.text("name")).orElse("");
    String description = header.flatMap(h -> h.text("description")).orElse("");
    if (!NAME.matcher(name).matches() || !name.equals(file.getParent().getFileName().toString())) {
      skill(path, "its name is not that of its folder (name=%s)".formatted(name));
    } else if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
      skill(path, "its description has %d characters".formatted(description.length()));
    }
  }

  private void skill(String path, String why) {
    findings.add(Code.DOC013, path, 1, "Cannot use the skill: " + why);
  }

  private void checkSettings() {
    if (Files.isDirectory(root.resolve(FOLDER)) && !denies(root.resolve(SETTINGS))) {
      findings.add(
          Code.SEC005,
          SETTINGS,
          0,
          "Cannot keep agents from writing evidence: no rule denies " + EVIDENCE);
    }
  }

  private static boolean denies(Path settings) {
    try {
      JsonNode denied = new ObjectMapper().readTree(settings.toFile()).at("/permissions/deny");
      return StreamSupport.stream(denied.spliterator(), false)
          .anyMatch(rule -> rule.asText().equals(EVIDENCE));
    } catch (IOException e) {
      return false; // agents can't read it either
    }
  }
}
