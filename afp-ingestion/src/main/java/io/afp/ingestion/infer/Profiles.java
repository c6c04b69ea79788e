package io.afp.ingestion.infer;

import io.afp.core.lake.RawRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The profiles of all columns, from one pass over the rows. */
final class Profiles implements Serializable {

  private static final long serialVersionUID = 1;

  private final boolean[] texts;
  private final ColumnProfile[] columns;
  private long rows;
  private long malformed;

  private Profiles(boolean[] texts) {
    this.texts = texts;
    this.columns = new ColumnProfile[texts.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ColumnProfile();
    }
  }

  /** Reads the rows. */
  static Profiles of(RawRows raw, List<String> fields, GivenTypes types) {
    Dataset<Row> selected =
        raw.rows()
            .select(
                Stream.concat(fields.stream(), Stream.of(RawRows.MALFORMED))
                    .map(RawRows::field)
                    .toArray(Column[]::new));
    boolean[] texts = new boolean[fields.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = types.of(fields.get(i)).isEmpty();
    }
    List<Profiles> parts =
        new ArrayList<>(selected.toJavaRDD().mapPartitions(part -> counted(part, texts)).collect());
    return parts.stream().reduce(Profiles::merge).orElseGet(() -> new Profiles(texts));
  }

  private static Iterator<Profiles> counted(Iterator<Row> part, boolean[] texts) {
    Profiles profiles = new Profiles(texts);
    part.forEachRemaining(profiles::add);
    return Collections.singleton(profiles).iterator();
  }

  private void add(Row row) {
    rows++;
    if (!row.isNullAt(columns.length)) {
      malformed++;
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      if (texts[i]) {
        columns[i].add(row.getString(i));
      } else {
        columns[i].addTyped(row.get(i));
      }
    }
  }

  private Profiles merge(Profiles other) {
    rows += other.rows;
    malformed += other.malformed;
    for (int i = 0; i < columns.length; i++) {
      columns[i].merge(other.columns[i]);
    }
    return this;
  }

  List<ColumnProfile> columns() {
    return List.of(columns);
  }

  /** How many rows there are, malformed ones too. */
  long rows() {
    return rows;
  }

  /** How many rows could not be split into the fields. */
  long malformed() {
    return malformed;
  }
}
