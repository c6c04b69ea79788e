package io.afp.ingestion.csv;

import io.afp.core.definition.FieldName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes records of files with the same fields as rows. Not thread-safe. */
final class RecordRow {

  private final CsvFiles files;
  private final List<String> fields;
  private final Map<String, Integer> places = new HashMap<>();
  private final byte[][] nullValues;
  private final UnsafeRowWriter row;
  private final UnsafeRowWriter unread = new UnsafeRowWriter(1);
  private final Failures failures = new Failures();
  private final List<Cell> checks;
  private final Placed[] cells;
  private UTF8String file;

  /** A cell and its place in the row. */
  private record Placed(int ordinal, Cell cell) {}

  /**
   * Rows with some columns.
   *
   * @param fields how the fields of the files are called, in order
   */
  RecordRow(CsvFiles files, StructType required, List<String> fields) {
    this.files = files;
    this.fields = fields;
    for (int i = 0; i < fields.size(); i++) {
      places.putIfAbsent(fields.get(i), i);
    }
    this.nullValues =
        files.nullValues().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.row = new UnsafeRowWriter(required.size());
    this.checks = tellsOfAll(required) ? checksOfOthers(required) : List.of();
    this.cells = cells(required);
  }

  /** Those that tell of a record come last, because they may tell of its fields. */
  private Placed[] cells(StructType required) {
    Map<String, CsvColumn> columns =
        files.columns().stream().collect(Collectors.toMap(CsvColumn::name, Function.identity()));
    List<Placed> ofFields = new ArrayList<>();
    List<Placed> ofRecord = new ArrayList<>();
    for (int i = 0; i < required.size(); i++) {
      StructField column = required.fields()[i];
      Optional<About> about = files.about(column.name());
      if (about.isPresent()) {
        ofRecord.add(new Placed(i, cell(about.get(), column)));
      } else {
        ofFields.add(new Placed(i, cell(columns.get(column.name()))));
      }
    }
    return Stream.concat(ofFields.stream(), ofRecord.stream()).toArray(Placed[]::new);
  }

  private Cell cell(CsvColumn column) {
    return new FieldCell(place(column.name()), column, nullValues, failures);
  }

  private int place(String field) {
    Integer exact = places.get(field);
    return exact == null ? places.getOrDefault(FieldName.plain(field), Integer.MAX_VALUE) : exact;
  }

  private Cell cell(About about, StructField column) {
    return switch (about) {
      case FILE -> (record, to, at) -> to.write(at, file);
      case LINE -> (record, to, at) -> to.write(at, record.line());
      case OFFSET -> offset();
      case RAW -> (record, to, at) -> to.write(at, UTF8String.fromString(record.text()));
      case MALFORMED -> textIf(this::isMalformed);
      case CORRUPT -> textIf(this::isBad);
      case TEXTS -> new TextsCell(row, places((StructType) column.dataType()));
      case REASONS -> failures;
    };
  }

  private int[] places(StructType texts) {
    return Arrays.stream(texts.fieldNames()).mapToInt(this::place).toArray();
  }

  /** Text in another encoding has other offsets than its file. */
  private Cell offset() {
    return files.format().text().isUtf8()
        ? (record, to, at) -> to.write(at, record.offset())
        : (record, to, at) -> to.setNullAt(at);
  }

  private static Cell textIf(Predicate<RecordScanner> isWritten) {
    return (record, to, ordinal) -> {
      if (isWritten.test(record)) {
        to.write(ordinal, UTF8String.fromString(record.text()));
      } else {
        to.setNullAt(ordinal);
      }
    };
  }

  private boolean tellsOfAll(StructType required) {
    return Arrays.stream(required.fieldNames())
        .map(name -> files.about().get(name))
        .anyMatch(about -> about == About.REASONS || about == About.CORRUPT);
  }

  /** All reasons are said, also those of columns that nobody reads. */
  private List<Cell> checksOfOthers(StructType required) {
    Set<String> read = Set.copyOf(Arrays.asList(required.fieldNames()));
    return files.columns().stream()
        .filter(column -> !column.isText() && !read.contains(column.name()))
        .map(this::cell)
        .toList();
  }

  /** How the fields are called. */
  List<String> fields() {
    return fields;
  }

  /** Begins with a file. */
  void begin(String address) {
    file = UTF8String.fromString(address);
  }

  /** The row of a record; the same object each time. */
  InternalRow of(RecordScanner record) {
    failures.clear();
    row.reset();
    row.zeroOutNullBytes();
    for (Cell check : checks) {
      unread.reset();
      check.write(record, unread, 0);
    }
    for (Placed each : cells) {
      each.cell().write(record, row, each.ordinal());
    }
    return row.getRow();
  }

  /** Whether a record has not the fields that it has to have. */
  boolean isMalformed(RecordScanner record) {
    return record.isMalformed() || record.fields() != fields.size();
  }

  /** Whether a record, or a field of it, is not as it has to be, as far as it was read. */
  boolean isBad(RecordScanner record) {
    return isMalformed(record) || !failures.isEmpty();
  }
}
