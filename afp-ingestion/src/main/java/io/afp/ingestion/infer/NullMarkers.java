package io.afp.ingestion.infer;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Texts that stand for null in the files of many programs, and which of them do in these. */
final class NullMarkers {

  private static final String CODE_OF_NAMIBIA = "NA";

  /** They mean nothing else. */
  private static final Set<String> CERTAIN =
      Set.of("NULL", "null", "\\N", "N/A", "n/a", "#N/A", "<NA>", "(null)", CODE_OF_NAMIBIA);

  /** They may be values among other texts. */
  private static final Set<String> POSSIBLE =
      Set.of("na", "Null", "None", "none", "nil", "-", "--", "?", ".");

  static final Set<String> ALL = union();

  private NullMarkers() {}

  private static Set<String> union() {
    Set<String> all = new TreeSet<>(CERTAIN);
    all.addAll(POSSIBLE);
    return Set.copyOf(all);
  }

  /** Those that stand for null in a column at least, in the order of their texts. */
  static Set<String> of(Collection<ColumnProfile> columns) {
    Set<String> found = new TreeSet<>();
    for (ColumnProfile column : columns) {
      boolean typed = TypeChoice.isTypedWithoutMarkers(column);
      column.markers().keySet().stream()
          .filter(text -> typed || isCertain(text, column))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean isCertain(String text, ColumnProfile column) {
    boolean isCode = text.equals(CODE_OF_NAMIBIA) && column.isCode();
    return CERTAIN.contains(text) && !isCode;
  }
}
