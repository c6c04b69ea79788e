package io.afp.cli;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Data that was named on the command line.
 *
 * @param pattern where its files are, absolute; or the table of a database
 * @param files the same as the table file names it; or what the table is called
 */
record InferredSource(String pattern, String files) {

  private static final int LONGEST = 40;

  /**
   * A file, a folder, a glob or an address.
   *
   * @param folder where relative paths of the table file start, where that is known
   */
  static InferredSource of(String source, Optional<Path> folder) {
    if (source.contains("://")) {
      return new InferredSource(source, source);
    }
    String all = isFolder(source) ? source.replaceFirst("/+$", "") + "/*" : source;
    boolean literal = isFile(source);
    String absolute = absolute(literal ? escape(all) : all);
    String inside =
        folder
            .map(f -> escape(f.toString()) + "/")
            .filter(absolute::startsWith)
            .map(f -> absolute.substring(f.length()))
            .orElse(absolute);
    return new InferredSource(absolute, inside);
  }

  /**
   * A table of a database.
   *
   * @param table as definitions name it
   */
  static InferredSource ofTable(String table) {
    if (!NamedTable.isName(table)) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot look at a table of the database: this is no name (table=%s)".formatted(table),
          "Write it as the database does, such as public.orders; a part with dots stands in double"
              + " quotes.");
    }
    return new InferredSource(table, last(new NamedTable(table).parts()));
  }

  private static String last(List<String> parts) {
    return parts.get(parts.size() - 1).replaceAll("[./]", "_");
  }

  /** The nearest pipeline that the files lie in. */
  static Optional<Path> pipelineAbove(String source) {
    String before = source.replaceFirst("[^/]*[*?\\[{].*$", "");
    if (before.contains("://") || !test(before, path -> true)) {
      return Optional.empty();
    }
    Stream<Path> above =
        Stream.iterate(
            Path.of(before).toAbsolutePath().normalize(), Objects::nonNull, Path::getParent);
    return above
        .filter(folder -> Files.isRegularFile(folder.resolve(Project.PIPELINE_FILE)))
        .findFirst();
  }

  private static String absolute(String path) {
    String here = escape(Path.of("").toAbsolutePath().toString());
    String whole = path.startsWith("/") ? path : here + "/" + path;
    return Path.of(whole).normalize().toString();
  }

  private static boolean isFolder(String source) {
    return test(source, path -> Files.isDirectory(path));
  }

  private static boolean isFile(String source) {
    return test(source, path -> Files.isRegularFile(path));
  }

  private static boolean test(String source, Predicate<Path> what) {
    try {
      return what.test(Path.of(source));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A file may be called what a glob would take for a pattern. */
  private static String escape(String path) {
    return path.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
  }

  /** The table to write: the one that is named, else {@code raw} and what the files are called. */
  TableName table(Optional<String> named) {
    String name = named.orElseGet(() -> "raw." + identifier(files));
    try {
      return TableName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot name the table: %s".formatted(e.getMessage()),
          "Write namespace.name, each of [a-z][a-z0-9_]*.");
    }
  }

  /** A name that is made of the last part of a path, without endings and what is no letter. */
  static String identifier(String path) {
    String last = path.replaceFirst("/\\*$", "").replaceFirst(".*/", "");
    String bare = last.replaceFirst("(?<=.)\\.[a-zA-Z].*$", "").toLowerCase(Locale.ROOT);
    String words = bare.replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|[_0-9]+$", "");
    String name = words.isEmpty() ? "data" : words;
    return name.substring(0, Math.min(LONGEST, name.length()));
  }
}
