package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lint.Baseline;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.lint.Sarif;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tree.Git;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Build;
import io.afp.core.yaml.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with the artefacts of the process. Starts nothing. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = "Finds what is wrong with documents, requirements, modules and tasks.")
final class LintCommand implements Callable<Integer> {

  /** How findings are told. */
  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Files and folders whose findings are told; else all.")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CODES",
      description = "Tells only these codes or areas, as in TSK,DOC004.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--staged",
      description = {
        "Tells what is in files of the next commit, and whatever a change of other files",
        "may have caused: tasks, modules, links and approvals of the whole project."
      })
  boolean staged;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Leaves out what is in this file, which `afp lint --json` has printed.")
  Path baseline;

  @Option(
      names = "--against",
      paramLabel = "COMMIT",
      description = "Finds evidence and approvals that were rewritten since this commit.")
  String against;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How it is told: text, json or sarif (default: ${DEFAULT-VALUE}).")
  Format format;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    requireKnown(model);
    List<Finding> wanted = all(model).filter(this::isWanted).filter(placed(model)).toList();
    List<Finding> told = baseline == null ? wanted : Baseline.read(baseline).without(wanted);
    if (format == Format.SARIF) {
      Output.print(Sarif.document(told, Build.read().afp()));
      return told.stream().anyMatch(Finding::isError) ? Category.DATA.exitCode() : 0;
    }
    long errors = told.stream().filter(Finding::isError).count();
    long known = wanted.size() - told.size();
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("files", model.tree().texts().size())
        .put("errors", errors)
        .put("warnings", told.size() - errors)
        .put("known", known);
    boolean json = options.json || format == Format.JSON;
    return new Output("lint", json).findings(text(model, errors, told.size() - errors), data, told);
  }

  private Stream<Finding> all(ProcessModel model) {
    List<Finding> found = Lint.check(model);
    if (against == null) {
      return found.stream();
    }
    List<Finding> rewritten =
        Lint.committed(model, against)
            .orElseThrow(
                () ->
                    new AfpException(
                        ErrorCode.USAGE,
                        "Cannot compare with %s: git knows no such commit".formatted(against),
                        "Name a commit or a branch, as in origin/main."));
    return Stream.concat(found.stream(), rewritten.stream()).distinct();
  }

  /** What looks at nothing finds nothing. */
  private void requireKnown(ProcessModel model) {
    Set<String> codes = new TreeSet<>();
    for (Code code : Code.values()) {
      codes.add(code.name());
      codes.add(code.area());
    }
    for (String each : only) {
      if (!codes.contains(each)) {
        throw new AfpException(
            ErrorCode.USAGE,
            "Cannot look for %s: there is no such code".formatted(each),
            Nearest.fix(each, codes, "docs/lint.md lists all."));
      }
    }
    for (Path path : paths) {
      boolean inside = path.toAbsolutePath().normalize().startsWith(model.tree().root());
      if (!inside || !Files.exists(path)) {
        throw new AfpException(
            ErrorCode.USAGE,
            "Cannot look into %s: the project has no such file or folder".formatted(path),
            "Name it from the working directory.");
      }
    }
  }

  private static String text(ProcessModel model, long errors, long warnings) {
    return "%s in %s: %s, %s"
        .formatted(
            ProcessTree.FOLDER,
            Count.of(model.tree().texts().size(), "file"),
            Count.of(errors, "error"),
            Count.of(warnings, "warning"));
  }

  private boolean isWanted(Finding finding) {
    return only.isEmpty()
        || only.contains(finding.code().name())
        || only.contains(finding.code().area());
  }

  private Predicate<Finding> placed(ProcessModel model) {
    Path root = model.tree().root();
    List<String> folders =
        paths.stream()
            .map(path -> ProcessTree.name(root, path.toAbsolutePath().normalize()))
            .toList();
    Optional<List<String>> changed = staged ? Optional.of(staged(root)) : Optional.empty();
    return finding ->
        (folders.isEmpty() || folders.stream().anyMatch(f -> isIn(finding.path(), f)))
            && changed
                .map(files -> files.contains(finding.path()) || !finding.code().isLocal())
                .orElse(true);
  }

  private static boolean isIn(String path, String folder) {
    return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
  }

  private static List<String> staged(Path root) {
    return Git.staged(root)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.USAGE,
                    "Cannot tell what is staged: git does not answer (folder=%s)".formatted(root),
                    "Run it in a repository of git, or without --staged."));
  }
}
