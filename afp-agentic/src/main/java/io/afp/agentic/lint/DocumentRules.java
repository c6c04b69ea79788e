package io.afp.agentic.lint;

import io.afp.agentic.context.ContextFile;
import io.afp.agentic.documents.Block;
import io.afp.agentic.documents.FrontMatter;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Piece;
import io.afp.agentic.documents.Section;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.lifecycle.Phase;
import io.afp.agentic.lifecycle.Phase.Artifact;
import io.afp.agentic.tasks.TaskReader;
import io.afp.agentic.tree.ProcessTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds of documents, whatever they are about. */
final class DocumentRules {

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\[[A-Za-z][^\\]\\[]{2,}\\]|\\{[a-z][a-z_ ]*\\}|\\b(TBD|TODO|FIXME)\\b|\\bYYYY-MM-DD\\b");
  private static final Pattern VAGUE =
      Pattern.compile(
          "(?i)\\b(fast|quick|scalable|robust|reliable|efficient|user-friendly|flexible|seamless|"
              + "performant|high-quality|real-time)\\b");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|//.*|#.*|/.*");
  private static final List<String> HEADER = List.of("title", "purpose", "updated", "version");

  private final ProcessTree tree;
  private final Findings findings;

  DocumentRules(ProcessTree tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
  }

  void check() {
    Lifecycle lifecycle = Lifecycle.standard();
    lifecycle.finished(tree).forEach(this::checkArtifacts);
    lifecycle.phases().stream()
        .flatMap(phase -> phase.artifacts().stream())
        .forEach(this::checkSections);
    for (Markdown document : tree.documents()) {
      checkHeader(document);
      checkPlaceholders(document);
      checkLinks(document);
      checkWords(document);
      checkBlocks(document);
    }
  }

  private void checkArtifacts(Phase phase) {
    for (Artifact artifact : phase.artifacts()) {
      boolean isOlder =
          artifact.path().equals(ContextFile.PATH) && tree.has(ContextFile.OLDER_PATH);
      if (!Lifecycle.isThere(tree, artifact) && !isOlder) {
        String place = Lifecycle.place(artifact);
        findings.add(
            Code.DOC001,
            place,
            0,
            "Cannot build on phase %s: %s is missing".formatted(phase.id(), place));
      }
    }
  }

  private void checkSections(Artifact artifact) {
    Optional<Markdown> document = tree.document(artifact.path());
    if (document.isEmpty()) {
      return;
    }
    for (String title : artifact.sections()) {
      Optional<Section> section = document.get().section(title);
      if (section.isEmpty()) {
        add(Code.DOC003, document.get(), 0, "it has no section %s".formatted(title));
      } else if (isEmpty(document.get(), section.get())) {
        add(Code.DOC003, document.get(), section.get().line(), "%s is empty".formatted(title));
      }
    }
  }

  /** Also what is below its own headings counts. */
  private static boolean isEmpty(Markdown document, Section section) {
    int at = document.sections().indexOf(section);
    return section.isEmpty()
        && document.sections().stream()
            .skip(at + 1L)
            .takeWhile(s -> s.level() > section.level())
            .allMatch(Section::isEmpty);
  }

  private void checkHeader(Markdown document) {
    Optional<FrontMatter> header = document.frontMatter();
    if (isTask(document)) {
      return; // TSK013
    }
    header.ifPresent(h -> findings.addAll(Code.DOC002, h.problems()));
    boolean wanted =
        document.path().startsWith(ProcessTree.path("standards/"))
            || document.path().startsWith(ProcessTree.path("context/technology/"));
    if (!wanted || header.filter(h -> h.value().isEmpty()).isPresent()) {
      return;
    }
    for (String key : HEADER) {
      if (header.flatMap(h -> h.text(key)).isEmpty()) {
        add(Code.DOC002, document, 1, "its front matter has no %s".formatted(key));
      }
    }
  }

  private static boolean isTask(Markdown document) {
    return document.path().startsWith(ProcessTree.path(TaskReader.FOLDER) + "/");
  }

  private void checkPlaceholders(Markdown document) {
    for (Piece piece : document.prose()) {
      Matcher found = PLACEHOLDER.matcher(piece.text());
      if (found.find()) {
        add(Code.DOC004, document, piece.line(), "it still says '%s'".formatted(found.group()));
      }
    }
  }

  private void checkLinks(Markdown document) {
    for (Piece link : document.links()) {
      checkLink(document, link.line(), link.text().replaceFirst("#.*", ""));
    }
    document
        .frontMatter()
        .ifPresent(
            header ->
                header
                    .texts("related_files")
                    .forEach(file -> checkLink(document, header.line("related_files"), file)));
  }

  private void checkLink(Markdown document, int line, String target) {
    boolean isHere = !target.isEmpty() && !ELSEWHERE.matcher(target).matches();
    if (isHere && tree.find(document.path(), target).isEmpty()) {
      add(Code.DOC005, document, line, "%s is not there".formatted(target));
    }
  }

  private void checkBlocks(Markdown document) {
    for (Block block : Block.in(String.join("\n", document.lines()))) {
      if (block.isEdited()) {
        add(Code.DOC009, document, block.line(), "%s was edited by hand".formatted(block.id()));
      }
    }
  }

  private void checkWords(Markdown document) {
    if (!document.path().startsWith(ProcessTree.path("requirements/"))) {
      return;
    }
    for (Piece piece : document.prose()) {
      Matcher found = VAGUE.matcher(piece.text());
      String line = document.lines().get(piece.line() - 1);
      if (found.find() && line.chars().noneMatch(Character::isDigit)) {
        add(Code.DOC007, document, piece.line(), "nobody can test '%s'".formatted(found.group()));
      }
    }
  }

  private void add(Code code, Markdown document, int line, String why) {
    findings.add(code, document.path(), line, "Cannot use %s: %s".formatted(document.path(), why));
  }
}
