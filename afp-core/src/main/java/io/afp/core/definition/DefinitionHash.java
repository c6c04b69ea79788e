package io.afp.core.definition;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fingerprint of what determines the content of a table.
 *
 * <p>It changes with the source or the query, with name, type, {@code required}, {@code expr} and
 * the way in of a column, its field too, with what is written in place of a personal value, and
 * with key, partition, metadata, write mode, interval, {@code drift: evolve} and checks with {@code
 * quarantine}. It does not change with the format of SQL, a description, any other check, a limit
 * for rejects, {@code keep}, {@code lookback}, the sorting and size of files or the way the table
 * is served, so that such an edit recomputes nothing.
 */
public final class DefinitionHash {

  private DefinitionHash() {}

  /** The fingerprint of a table alone, as hexadecimal SHA-256. */
  public static String of(TableDef table) {
    return of(table, Optional.empty());
  }

  /**
   * The fingerprint of a table in a pipeline with this interval, whose zone decides which rows
   * belong to it.
   */
  public static String of(TableDef table, Optional<IntervalDef> interval) {
    Stream<String> lines = Stream.concat(lines(table), interval.stream().map(DefinitionHash::line));
    return Sha256.of(String.join("\n", lines.toList()));
  }

  /**
   * A fingerprint of what decides whether a record obeys in the values that are kept out of it, and
   * what is in their place. It changes with the fields that are read, because what else a record
   * has is not kept either, with the texts that stand for null, and with the rules of these
   * columns; but not with {@code required}, where it can be seen whether there was a value.
   */
  public static String ofProtection(TableDef table) {
    List<ColumnDef> read =
        table.sourceColumns().stream().filter(column -> column.expr().isEmpty()).toList();
    Stream<String> names = read.stream().map(ColumnDef::field).sorted();
    Stream<String> nulls =
        table.fileSource().stream().flatMap(source -> source.nullValues().stream());
    Stream<String> columns =
        read.stream()
            .filter(column -> column.protection().isKeptOut())
            .sorted(Comparator.comparing(ColumnDef::name))
            .map(DefinitionHash::protectedLine);
    return Sha256.of(
        line("fields", Stream.of(names, nulls.sorted(), columns).map(Stream::toList).toArray()));
  }

  private static String protectedLine(ColumnDef column) {
    boolean required = column.required() && column.protection() == Pii.DROP;
    String line = line("column", column.name(), column.type(), required);
    return Stream.concat(Stream.of(line), entry(column)).collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(TableDef table) {
    WriteDef write = table.write();
    return Stream.of(
            Stream.of(line("table", table.name())),
            table.source().stream().map(DefinitionHash::line),
            table.model().stream().map(DefinitionHash::line),
            table.declared().stream().map(DefinitionHash::line),
            Stream.of(line("key", table.key().toArray())),
            duplicates(table),
            Stream.of(line("partition", table.partitionBy().toArray())),
            Stream.of(
                line("write", write.mode(), write.intervalColumn().orElse(""), write.onRerun())),
            Stream.of(table.metadata())
                .filter(m -> !m.equals(MetadataDef.NONE))
                .map(DefinitionHash::line),
            write.asOf().stream().map(c -> line("as_of", c)),
            write.deleteFlag().stream().map(c -> line("delete_flag", c)),
            Stream.of(table.drift()).filter(DriftDef::evolves).map(DefinitionHash::line),
            table.allChecks().stream().filter(CheckDef::quarantine).map(DefinitionHash::line))
        .flatMap(lines -> lines);
  }

  private static String line(SourceDef source) {
    if (source instanceof FileSourceDef files) {
      return line(files);
    }
    if (source instanceof JdbcSourceDef jdbc) {
      return line(jdbc);
    }
    if (source instanceof CustomSourceDef custom) {
      return line("custom", custom.type(), custom.arguments());
    }
    throw new IllegalArgumentException("No line for " + source.getClass());
  }

  private static String line(FileSourceDef source) {
    return line(
        "source",
        source.files(),
        source.format(),
        source.csv().header(),
        source.csv().delimiter(),
        line("null", source.nullValues().toArray()) + unusual(source));
  }

  /** What was added later, so that files without it keep their fingerprint. */
  private static String unusual(FileSourceDef source) {
    CsvDef csv = source.csv();
    CsvDef usual = new CsvDef(csv.header(), csv.delimiter(), "\"", "", "", 0);
    String written =
        csv.equals(usual.by(csv.parser()).with(csv.details()))
            ? ""
            : line("csv", csv.quote(), csv.escape(), csv.comment(), csv.skipLines());
    boolean utf8 = source.encoding().equals(StandardCharsets.UTF_8);
    return written + details(csv.details()) + (utf8 ? "" : line("encoding", source.encoding()));
  }

  /** A limit changes no row: what is beyond it fails. */
  private static String details(CsvDetails details) {
    String blanks =
        details.ignoreLeadingWhiteSpace() || details.ignoreTrailingWhiteSpace()
            ? line("blanks", details.ignoreLeadingWhiteSpace(), details.ignoreTrailingWhiteSpace())
            : "";
    String end = details.lineSep().isEmpty() ? "" : line("end", details.lineSep());
    return blanks + end + details.emptyValue().map(text -> line("empty", text)).orElse("");
  }

  /** How it is read in parallel, and how much again, changes no row. */
  private static String line(JdbcSourceDef source) {
    return line(
        "jdbc",
        source.connection(),
        source.relation() instanceof JdbcSourceDef.Query query ? query.body() : source.relation(),
        source.watermark().orElse(""),
        source.deletes());
  }

  private static String line(ModelDef model) {
    if (model instanceof ModelDef.Query query) {
      return line("model", SqlText.normalised(query.sql()));
    }
    return model instanceof ModelDef.JavaClass java ? line("class", java.name()) : "program";
  }

  private static String line(ColumnDef column) {
    String expr = column.expr().map(SqlText::normalised).orElse("");
    String line = line("column", column.name(), column.type(), column.required(), expr);
    return Stream.concat(Stream.of(line), entry(column)).collect(Collectors.joining("\n"));
  }

  /** Of parts that are not declared there is no line. */
  private static Stream<String> entry(ColumnDef column) {
    EntryDef entry = column.entry();
    return Stream.of(
            entry.from().stream().map(field -> line("from", field)),
            entry.format().stream().map(format -> line("format", format)),
            entry.zone().stream().map(zone -> line("zone", zone)),
            Stream.of(entry.rounding())
                .filter(rounding -> rounding != Rounding.REJECT)
                .map(rounding -> line("rounding", rounding)),
            entry.fallback().stream().map(literal -> line("default", literal)),
            entry.rules().stream().map(rule -> line("rule", rule)),
            Stream.of(column.protection()).filter(Pii::isKeptOut).map(pii -> line("pii", pii)))
        .flatMap(lines -> lines);
  }

  private static Stream<String> duplicates(TableDef table) {
    return Stream.of(table.duplicates())
        .filter(duplicates -> duplicates == Duplicates.REJECT)
        .map(duplicates -> line("duplicates", duplicates));
  }

  /** How many rows may break it changes none of them. */
  private static String line(CheckDef check) {
    return line("quarantine", check.column().orElse(""), check.rule(), check.where().orElse(""));
  }

  /**
   * A new or widened column is loaded or not; any other policy decides only whether a run fails.
   */
  private static String line(DriftDef drift) {
    return line(
        "evolve", drift.newColumns() == Policy.EVOLVE, drift.widenedTypes() == Policy.EVOLVE);
  }

  private static String line(MetadataDef metadata) {
    return line(
        "metadata",
        metadata.runId().orElse(""),
        metadata.ingestedAt().orElse(""),
        metadata.source().orElse(""));
  }

  private static String line(IntervalDef interval) {
    return line("interval", interval.unit(), interval.zone());
  }

  /** Each part with its length, so that no two different lists of parts give the same text. */
  private static String line(String kind, Object... parts) {
    List<String> texts = Stream.of(parts).map(Object::toString).toList();
    StringBuilder line = new StringBuilder(kind);
    texts.forEach(text -> line.append(' ').append(text.length()).append(':').append(text));
    return line.toString();
  }
}
