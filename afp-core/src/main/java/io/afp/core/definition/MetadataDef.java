package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns behind the declared ones that say of a row of a source where it comes from.
 *
 * @param runId the name of the column with the run that wrote the row
 * @param ingestedAt the name of the column with the start of the attempt that wrote it
 * @param source the name of the column with the file, as the ledger has it, or what else the source
 *     says of itself
 */
public record MetadataDef(
    Optional<String> runId, Optional<String> ingestedAt, Optional<String> source) {

  /** The names that no other column may have. */
  static final String RUN_ID = "_afp_run_id";

  static final String INGESTED_AT = "_afp_ingested_at";
  static final String SOURCE = "_afp_source";

  /** No such column. */
  public static final MetadataDef NONE =
      new MetadataDef(Optional.empty(), Optional.empty(), Optional.empty());

  /** The names of those that are declared, in their order in the table. */
  public List<String> names() {
    return Stream.of(runId, ingestedAt, source).flatMap(Optional::stream).toList();
  }

  /** Those that are declared, as columns of the table. */
  public List<ColumnDef> columns() {
    return Stream.of(
            runId.map(name -> column(name, Kind.STRING, "The run that wrote the row")),
            ingestedAt.map(
                name -> column(name, Kind.TIMESTAMP, "When the attempt began that wrote the row")),
            source.map(name -> column(name, Kind.STRING, "The file or table that the row is from")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static ColumnDef column(String name, Kind kind, String description) {
    return ColumnDef.added(name, new ColumnType(kind, 0, 0), description);
  }
}
