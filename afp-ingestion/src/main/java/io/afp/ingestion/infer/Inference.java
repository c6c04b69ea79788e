package io.afp.ingestion.infer;

import io.afp.core.definition.FieldName;
import io.afp.core.definition.FileFormat;
import io.afp.core.lake.RawRows;
import io.afp.core.logging.RunLog;
import io.afp.ingestion.file.UndeclaredFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the table file that fits data. */
final class Inference {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  /** A type that the contract refuses becomes string, so the second trial is the last that can. */
  private static final int MOST_TRIALS = 3;

  /** What holds for fewer values may be chance. */
  private static final long ENOUGH = 1_000;

  private final SparkSession session;
  private final Wish wish;

  /**
   * What is asked for.
   *
   * @param pattern where the files are
   * @param files the same as the table file shall name it
   * @param table namespace and name
   * @param format that of the files; by their names if empty
   * @param rows how many rows to look at; empty for all, or as many as make sense
   * @param calendar what is known of the pipeline that the table is for
   */
  record Wish(
      String pattern,
      String files,
      String table,
      Optional<FileFormat> format,
      OptionalLong rows,
      PipelineCalendar calendar) {

    /** Where other files are that a table file would name so. */
    String absolute(String others) {
      return pattern.endsWith(files)
          ? pattern.substring(0, pattern.length() - files.length()) + others
          : others;
    }
  }

  Inference(SparkSession session, Wish wish) {
    this.session = session;
    this.wish = wish;
  }

  InferredTable table() {
    UndeclaredFiles all = UndeclaredFiles.find(wish.pattern(), wish.format(), session);
    Sample sample = Sample.of(all, wish.rows());
    progress.info("Looking at {} of {} files", sample.files().size(), sample.ofFiles());
    UndeclaredFiles files = all.opened(session, sample.files());
    RawRows raw = files.read(session, sample.perFile());
    // They are looked at several times. What memory has no room for is read again: nobody has said
    // yet what of it is personal, so nothing is to be on a disk.
    raw.rows().persist(StorageLevel.MEMORY_ONLY());
    try {
      return table(all, files, sample, raw);
    } finally {
      raw.rows().unpersist();
    }
  }

  private InferredTable table(
      UndeclaredFiles all, UndeclaredFiles files, Sample sample, RawRows raw) {
    GivenTypes types = GivenTypes.of(files, raw);
    List<String> fields = files.fields().stream().filter(FieldName::isUsable).toList();
    Profiles profiles = Profiles.of(raw, fields, types);
    Set<String> nullValues =
        files.haveTexts() ? NullMarkers.of(profiles.columns()) : Set.<String>of();
    InferredTable looked =
        new InferredTable(
            wish.table(),
            files.declared(wish.files(), List.copyOf(nullValues)),
            sample,
            columns(new Looked(files, fields, types), profiles, nullValues),
            profiles.rows(),
            profiles.malformed(),
            notLoaded(files));
    InferredTable tried = tried(looked, raw);
    long whole = profiles.rows() - profiles.malformed();
    List<List<String>> keys = new KeySearch(raw, tried.columns(), whole).found(profiles.columns());
    Optional<InferredInterval> interval =
        DatedFiles.of(all.addresses(), wish, session)
            .map(dated -> new IntervalSearch(raw, tried, wish.calendar()).by(dated));
    return tried.by(whole < ENOUGH ? keys.stream().limit(1).toList() : keys, interval);
  }

  /** The fields that are looked at, by their names as they are compared. */
  private record Looked(UndeclaredFiles files, List<String> fields, GivenTypes types) {}

  private static List<InferredColumn> columns(
      Looked looked, Profiles profiles, Set<String> nullValues) {
    List<String> names = ColumnNames.of(looked.fields());
    List<InferredColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String field = looked.fields().get(i);
      ColumnProfile profile = profiles.columns().get(i);
      TypeChoice choice =
          looked
              .types()
              .of(field)
              .map(type -> TypeChoice.given(type, profile))
              .orElseGet(() -> TypeChoice.of(name, profile, nullValues));
      columns.add(column(name, choice, profile, nullValues).readFrom(looked.files().given(field)));
    }
    return columns;
  }

  private static InferredColumn column(
      String name, TypeChoice choice, ColumnProfile profile, Set<String> nullValues) {
    long values = profile.values(nullValues);
    long nulls = profile.nulls() + profile.values(Set.of()) - values;
    boolean complete = nulls == 0 && values > 0;
    return new InferredColumn(
        name,
        name,
        choice,
        complete,
        complete && values >= ENOUGH,
        nulls,
        values,
        values >= ENOUGH ? profile.few(nullValues) : List.of(),
        PersonalData.suspicion(name, profile));
  }

  private static List<String> notLoaded(UndeclaredFiles files) {
    List<String> reasons = new ArrayList<>();
    files.fields().stream()
        .filter(name -> !FieldName.isUsable(name))
        .forEach(name -> reasons.add(Quoted.of(name) + ", which no column can be read from"));
    files.partial().forEach(name -> reasons.add(Quoted.of(name) + ", which not all files have"));
    return reasons;
  }

  private static InferredTable tried(InferredTable looked, RawRows raw) {
    Trial trial = new Trial(raw);
    InferredTable table = looked;
    for (int i = 0; i < MOST_TRIALS && !table.columns().isEmpty(); i++) {
      List<InferredColumn> mended =
          trial.mend(table.declared(), table.source().nullValues(), table.columns());
      if (mended.equals(table.columns())) {
        break;
      }
      table = table.with(mended);
    }
    return table;
  }
}
