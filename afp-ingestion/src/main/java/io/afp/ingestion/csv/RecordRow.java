package io.afp.ingestion.csv;

import io.afp.ingestion.text.FieldNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes records of files with the same fields as rows. Not thread-safe. */
final class RecordRow {

  private final CsvFiles files;
  private final List<String> fields;
  private final Map<String, CsvColumn> columns;
  private final byte[][] nullValues;
  private final UnsafeRowWriter row;
  private final UnsafeRowWriter unread = new UnsafeRowWriter(1);
  private final Failures failures = new Failures();
  private final List<Placed> placed = new ArrayList<>();
  private final List<Placed> placedLast = new ArrayList<>();
  private final List<Cell> checks = new ArrayList<>();
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
    this.columns =
        files.columns().stream().collect(Collectors.toMap(CsvColumn::name, Function.identity()));
    this.nullValues =
        files.nullValues().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.row = new UnsafeRowWriter(required.size());
    for (int i = 0; i < required.size(); i++) {
      add(i, required.fields()[i]);
    }
    if (tellsOfAll(required)) {
      checkOthers(required);
    }
    placed.addAll(placedLast);
    this.cells = placed.toArray(Placed[]::new);
  }

  private void add(int ordinal, StructField column) {
    Optional<About> about = files.about(column.name());
    if (about.isPresent()) { // it may tell of the others
      placedLast.add(new Placed(ordinal, cell(about.get(), column)));
    } else {
      placed.add(new Placed(ordinal, cell(columns.get(column.name()))));
    }
  }

  private Cell cell(CsvColumn column) {
    return new FieldCell(place(column.name()), column, nullValues, failures);
  }

  private int place(String field) {
    int exact = fields.indexOf(field);
    int place = exact < 0 ? fields.indexOf(FieldNames.plain(field)) : exact;
    return place < 0 ? Integer.MAX_VALUE : place;
  }

  private Cell cell(About about, StructField column) {
    return switch (about) {
      case FILE -> (record, to, at) -> to.write(at, file);
      case LINE -> (record, to, at) -> to.write(at, record.line());
      case OFFSET -> this::writeOffset;
      case RAW -> (record, to, at) -> to.write(at, UTF8String.fromString(record.text()));
      case MALFORMED -> (record, to, at) -> writeText(isMalformed(record), record, at);
      case CORRUPT -> (record, to, at) -> writeText(isBad(record), record, at);
      case TEXTS -> new TextsCell(row, places((StructType) column.dataType()));
      case REASONS -> failures;
    };
  }

  private int[] places(StructType texts) {
    return List.of(texts.fieldNames()).stream().mapToInt(this::place).toArray();
  }

  /** Text in another encoding has other offsets than its file. */
  private void writeOffset(RecordScanner record, UnsafeRowWriter to, int ordinal) {
    if (files.format().text().isUtf8()) {
      to.write(ordinal, record.offset());
    } else {
      to.setNullAt(ordinal);
    }
  }

  private void writeText(boolean isWritten, RecordScanner record, int ordinal) {
    if (isWritten) {
      row.write(ordinal, UTF8String.fromString(record.text()));
    } else {
      row.setNullAt(ordinal);
    }
  }

  private boolean tellsOfAll(StructType required) {
    return List.of(required.fieldNames()).stream()
        .map(name -> files.about().get(name))
        .anyMatch(about -> about == About.REASONS || about == About.CORRUPT);
  }

  /** All reasons are said, also those of columns that nobody reads. */
  private void checkOthers(StructType required) {
    List<String> read = List.of(required.fieldNames());
    files.columns().stream()
        .filter(column -> !column.isText() && !read.contains(column.name()))
        .forEach(column -> checks.add(cell(column)));
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
