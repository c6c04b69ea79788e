package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the table files of a pipeline, {@code tables/<namespace>/<name>.yaml}, and what is wrong
 * with their names.
 */
final class TableFolder {

  /** The spelling that can be a table comes first, so that the other one is reported. */
  private static final Comparator<FileName> VALID_FIRST =
      Comparator.comparing((FileName file) -> !file.isIdentifier()).thenComparing(FileName::path);

  private final Path root;
  private final Function<Path, String> names;
  private final Problems problems;

  private TableFolder(Path pipeline, Function<Path, String> names, Problems problems) {
    this.root = pipeline.resolve("tables");
    this.names = names;
    this.problems = problems;
  }

  /**
   * The tables of a pipeline, in the order of their names.
   *
   * @param names how a user would name a path
   */
  static List<TableFile> list(Path pipeline, Function<Path, String> names, Problems problems) {
    return new TableFolder(pipeline, names, problems).tables();
  }

  private List<TableFile> tables() {
    List<FileName> files = files();
    files.stream().filter(file -> !isInPlace(file)).forEach(this::reportPlace);
    List<FileName> placed = files.stream().filter(this::isInPlace).toList();
    List<FileName> sql = placed.stream().filter(FileName::isSql).toList();
    Map<String, List<FileName>> tables =
        placed.stream()
            .filter(FileName::isYaml)
            .sorted(VALID_FIRST)
            .collect(Collectors.groupingBy(FileName::identity, TreeMap::new, Collectors.toList()));
    sql.stream().filter(file -> !isOfTable(file, tables)).forEach(this::reportLonelySql);
    return tables.values().stream().flatMap(same -> table(same, sql).stream()).toList();
  }

  private List<FileName> files() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(FileName::of)
          .filter(file -> !file.isHidden() && (file.isYaml() || file.isSql()))
          .sorted(Comparator.comparing(FileName::path))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      report(
          ErrorCode.MISSING_FILE,
          root,
          "Cannot list %s: it is not readable",
          "Make the folder readable.");
      return List.of();
    }
  }

  private boolean isInPlace(FileName file) {
    return root.relativize(file.path()).getNameCount() == 2;
  }

  private static boolean isOfTable(FileName sql, Map<String, List<FileName>> tables) {
    List<FileName> same = tables.getOrDefault(sql.identity(), List.of());
    return same.stream().anyMatch(yaml -> isBeside(yaml, sql));
  }

  private static boolean isBeside(FileName yaml, FileName sql) {
    return yaml.path().resolveSibling(yaml.stem()).equals(sql.path().resolveSibling(sql.stem()));
  }

  private Optional<TableFile> table(List<FileName> same, List<FileName> sql) {
    FileName first = same.get(0);
    same.stream().skip(1).forEach(other -> reportTwice(first, other));
    if (!first.isIdentifier()) {
      reportName(first);
      return Optional.empty();
    }
    Optional<Path> model =
        sql.stream().filter(file -> isBeside(first, file)).map(FileName::path).findFirst();
    return Optional.of(new TableFile(first.table(), first.path(), model));
  }

  private void reportPlace(FileName file) {
    report(
        ErrorCode.MISPLACED_FILE,
        file.path(),
        "Cannot use %s: it is not at tables/<namespace>/<name>",
        "Move the file to tables/<namespace>/.");
  }

  private void reportLonelySql(FileName file) {
    report(
        ErrorCode.MISSING_FILE,
        file.path(),
        "Cannot use %s: there is no " + file.stem() + ".yaml beside it",
        "Add " + file.stem() + ".yaml with the columns of the model, or remove the file.");
  }

  private void reportTwice(FileName first, FileName other) {
    report(
        ErrorCode.DUPLICATE_TABLE,
        other.path(),
        "Cannot use %s: the table is defined in " + names.apply(first.path()) + " too",
        "Keep one of the two files.");
  }

  private void reportName(FileName file) {
    report(
        ErrorCode.WRONG_VALUE,
        file.path(),
        "Cannot use %s: '" + file.namespace() + "." + file.stem() + "' is not the name of a table",
        "Rename folder and file to lower-case names of [a-z][a-z0-9_]*.");
  }

  private void report(ErrorCode code, Path path, String message, String fix) {
    String name = names.apply(path);
    problems.error(code, message.replace("%s", name), Location.file(name), fix);
  }
}
