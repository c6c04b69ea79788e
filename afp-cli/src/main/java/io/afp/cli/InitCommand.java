package io.afp.cli;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a project to start from. Starts neither Spark nor Postgres. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a project that runs at once: settings, and a pipeline on made-up data.",
      "Files that are there already are kept as they are."
    })
final class InitCommand implements Callable<Integer> {

  private static final Set<String> FOLDERS_OF_MAVEN = Set.of("src", "target");
  private static final String INSTALL =
      "./mvnw install -Prelease -DskipTests -pl afp-bom,afp-testing -am  # once, in a clone of AFP";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder of the project; else that of --project, else this one.")
  Path folder;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "shop",
      description = "The name of the pipeline and of its folder (default: ${DEFAULT-VALUE}).")
  String name;

  @Option(
      names = "--java",
      description = {
        "Writes a project of Maven: a source, a check, a model and a secret provider in Java,",
        "with their tests."
      })
  boolean java;

  @Option(
      names = "--process",
      description = {
        "Writes the process around it: requirements, design, context, standards, a first task,",
        "AGENTS.md, skills, hooks and checks for continuous integration."
      })
  boolean process;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    requireName();
    List<NewFile> missing = new ArrayList<>(project().missing());
    requireNoOther(missing);
    if (process) {
      start().missing(); // fails before anything is written
    }
    if (!dryRun.dryRun) {
      missing.forEach(NewFile::write);
    }
    List<NewFile> files = new ArrayList<>(project().files());
    if (process) {
      addProcess(files, missing);
    }
    WrittenFiles written = new WrittenFiles(root(), files, missing, dryRun.dryRun);
    return options.output("init").success(written.text(next()), written.json(), List.of());
  }

  private void addProcess(List<NewFile> files, List<NewFile> missing) {
    ProcessStart start = start();
    List<NewFile> more = start.missing();
    if (!dryRun.dryRun) {
      start.write(more);
    }
    files.addAll(start.files());
    missing.addAll(more);
  }

  private ProcessStart start() {
    return ProcessStart.ofNew(root(), name);
  }

  private NewProject project() {
    return new NewProject(root(), name, java ? NewProject.Kind.JAVA : NewProject.Kind.PLAIN);
  }

  private void requireName() {
    if (!TableName.isIdentifier(name)) {
      throw noName("Use [a-z][a-z0-9_]*, at most 63 characters.");
    }
    if (java && (SourceVersion.isKeyword(name) || FOLDERS_OF_MAVEN.contains(name))) {
      throw noName("Maven or Java have another use for the word: take another one.");
    }
  }

  private AfpException noName(String fix) {
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot write a project: '%s' is no name of a pipeline (name=%s)".formatted(name, name),
        fix);
  }

  /** A pom of somebody else would not know AFP, and settings of a plain project not the jar. */
  private void requireNoOther(List<NewFile> missing) {
    boolean hasPom = missing.stream().noneMatch(file -> name(file).equals("pom.xml"));
    boolean hasSettings = missing.stream().noneMatch(file -> name(file).equals("afp.yaml"));
    if (java && hasPom != hasSettings) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot write a project of Maven: there is %s of another one (folder=%s)"
              .formatted(hasPom ? "a pom.xml" : "an afp.yaml", root()),
          "Choose a new folder, or add afp-bom to your own pom as docs/import.md shows.");
    }
  }

  private Path root() {
    Path given = folder == null ? options.project : folder;
    return (given == null ? Path.of("") : given).toAbsolutePath().normalize();
  }

  private String next() {
    return """
    Next, in %s:
      %s
      afp run %s --interval 2024-01..2024-02
      afp sql "select * from mart.sales_day order by day, category\"\
    """
            .formatted(root(), java ? INSTALL + "\n  mvn verify" : "afp validate", name)
        + (process
            ? "\n  afp phase list\n  afp task show %s/warn_of_large_sales".formatted(name)
            : "");
  }

  private String name(NewFile file) {
    return root().relativize(file.path()).toString();
  }
}
