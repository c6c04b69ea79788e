package io.afp.ingestion.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Ranges of equal width between the smallest and the greatest number, where nothing else helps. */
final class EvenRanges implements RangeFinder {

  @Override
  public Optional<List<String>> bounds(Task task) throws SQLException {
    if (!task.by().kind().isNumber()) {
      return Optional.empty();
    }
    String by = task.session().dialect().quoted(task.by());
    String sql =
        "SELECT min(%s), max(%s) FROM %s%s"
            .formatted(by, by, task.session().from(), task.where(by + " IS NOT NULL"));
    List<String> ends = task.session().rows(sql).get(0);
    return ends.get(0) == null
        ? Optional.of(List.of())
        : Optional.of(
            between(task.count(), new BigDecimal(ends.get(0)), new BigDecimal(ends.get(1))));
  }

  private static List<String> between(int count, BigDecimal least, BigDecimal most) {
    BigDecimal width = most.subtract(least);
    return IntStream.range(1, count)
        .mapToObj(
            i ->
                width
                    .multiply(BigDecimal.valueOf(i))
                    .divide(BigDecimal.valueOf(count), 0, RoundingMode.FLOOR))
        .map(least::add)
        .map(BigDecimal::toPlainString)
        .toList();
  }
}
