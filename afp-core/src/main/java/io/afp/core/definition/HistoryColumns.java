package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import java.util.List;
import java.util.stream.Stream;

/** The columns that AFP adds to a table that keeps history. */
public final class HistoryColumns {

  /** When the version became true: the time of the first row that says so. */
  public static final String VALID_FROM = "valid_from";

  /** When the next version became true, or the key was deleted; null while the version is true. */
  public static final String VALID_TO = "valid_to";

  /** Whether {@link #VALID_TO} is null. */
  public static final String IS_CURRENT = "is_current";

  static final List<String> NAMES = List.of(VALID_FROM, VALID_TO, IS_CURRENT);

  private HistoryColumns() {}

  /** The given columns, and those of a history behind them. */
  static List<ColumnDef> added(List<ColumnDef> declared, WriteDef write) {
    if (!write.mode().keepsHistory()) {
      return declared;
    }
    Stream<ColumnDef> times =
        declared.stream()
            .filter(c -> write.eventTime().filter(c.name()::equals).isPresent())
            .flatMap(
                time ->
                    Stream.of(
                        column(VALID_FROM, time.type(), "When this version became true"),
                        column(VALID_TO, time.type(), "When it ended; null while it is true")));
    ColumnDef current =
        column(IS_CURRENT, new ColumnType(Kind.BOOLEAN, 0, 0), "Whether this version is true now");
    return Stream.of(declared.stream(), times, Stream.of(current)).flatMap(c -> c).toList();
  }

  private static ColumnDef column(String name, ColumnType type, String description) {
    return ColumnDef.added(name, type, description);
  }
}
