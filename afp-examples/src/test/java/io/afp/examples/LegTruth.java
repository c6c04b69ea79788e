package io.afp.examples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * A row of {@code core.leg} as it must be, found in plain Java by looking at each earlier departure
 * of the plane. Times are microseconds since 1970.
 */
record LegTruth(
    Departure departure,
    Departure first,
    int number,
    Optional<Departure> landed,
    boolean stillFlying) {

  /** The rows of departures that {@link #of} takes. */
  static final String DEPARTURES =
      """
      SELECT tailnum, carrier, flight, origin, dest, unix_date(flight_date) AS day, unix_micros(sched_dep_at) AS due,
             unix_micros(dep_at) AS left_at, dep_delay_min, unix_micros(arr_at) AS arr_at, arr_delay_min
        FROM core.flight WHERE dep_at IS NOT NULL
      """;

  /** The rows that {@link #text} is compared with. */
  static final String LEGS =
      """
      SELECT leg_id, rotation_id, leg, tailnum, carrier, flight, origin, dest, unix_date(flight_date), unix_micros(dep_at),
             dep_delay_min, unix_micros(landed_at), landed_in, landed_late_min, still_flying
        FROM core.leg
      """;

  /** The rows that {@link #lastSeen} is compared with. */
  static final String LAST_SEEN =
      """
      SELECT tailnum, carrier, rotation_id, unix_micros(left_at), left_from, left_for FROM core.plane_last_seen
      """;

  private static final NavigableMap<Integer, String> LATE =
      new TreeMap<>(
          Map.of(
              0, "on time", 15, "late by 1 to 15", 60, "late by 16 to 60", 10_000, "late by more"));

  private static final long TURN = 6L * 60 * 60 * 1_000_000;

  /** A flight that left; of a diverted one nobody knows how late it arrived. */
  record Departure(String plane, long left, Optional<Long> arrived, Row row) {

    static Departure of(Row row) {
      Optional<Long> arrived =
          row.getAs("arr_delay_min") == null
              ? Optional.empty()
              : Optional.ofNullable(row.getAs("arr_at"));
      return new Departure(row.getAs("tailnum"), row.getAs("left_at"), arrived, row);
    }

    /** As the Javadoc of SurrogateKey says. */
    String id() {
      return key(
          Stream.of("d:day", "s:carrier", "n:flight", "s:origin", "t:due")
              .map(part -> part(part.substring(0, 1), row.getAs(part.substring(2)))));
    }

    String rotation() {
      return key(Stream.of(part("s", plane), part("t", left)));
    }

    private static String part(String letter, Object value) {
      return letter + value.toString().length() + ":" + value;
    }

    private static String key(Stream<String> parts) {
      try {
        byte[] text = parts.collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
        return HexFormat.of().formatHex(digest, 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static List<LegTruth> of(List<Row> departures) {
    return departures.stream()
        .map(Departure::of)
        .collect(Collectors.groupingBy(Departure::plane))
        .values()
        .stream()
        .flatMap(LegTruth::ofPlane)
        .toList();
  }

  private static Stream<LegTruth> ofPlane(List<Departure> plane) {
    List<Departure> sorted =
        plane.stream().sorted(Comparator.comparingLong(Departure::left)).toList();
    return IntStream.range(0, sorted.size()).mapToObj(i -> of(sorted.get(i), sorted.subList(0, i)));
  }

  private static LegTruth of(Departure departure, List<Departure> earlier) {
    Departure first = departure;
    int number = 1;
    while (number <= earlier.size() && first.left - before(earlier, number).left <= TURN) {
      first = before(earlier, number++);
    }
    return new LegTruth(
        departure,
        first,
        number,
        earlier.stream().filter(d -> isSeenBefore(d, departure)).max(order()),
        earlier.stream().anyMatch(d -> d.arrived.filter(at -> at > departure.left).isPresent()));
  }

  private static Departure before(List<Departure> earlier, int legs) {
    return earlier.get(earlier.size() - legs);
  }

  private static boolean isSeenBefore(Departure earlier, Departure departure) {
    return earlier
        .arrived
        .filter(at -> at <= departure.left && departure.left - at <= TURN)
        .isPresent();
  }

  private static Comparator<Departure> order() {
    return Comparator.<Departure, Long>comparing(d -> d.arrived.orElseThrow())
        .thenComparing(d -> d.row.<String>getAs("dest"));
  }

  /** The last leg of each plane, as {@code core.plane_last_seen} has it. */
  static Stream<String> lastSeen(List<LegTruth> legs) {
    Map<String, LegTruth> last =
        legs.stream()
            .collect(
                Collectors.toMap(
                    leg -> leg.departure.plane,
                    leg -> leg,
                    BinaryOperator.maxBy(Comparator.comparing(leg -> leg.departure.left))));
    return last.values().stream()
        .map(
            leg ->
                words(
                    leg.departure.plane,
                    leg.departure.row.getAs("carrier"),
                    leg.first.rotation(),
                    leg.departure.left,
                    leg.departure.row.getAs("origin"),
                    leg.departure.row.getAs("dest")));
  }

  /** Departures, late ones and minutes of delay by how late the plane landed before. */
  static List<String> knockOn(List<LegTruth> legs) {
    Map<String, List<LegTruth>> groups =
        legs.stream()
            .filter(leg -> !leg.stillFlying)
            .collect(Collectors.groupingBy(LegTruth::landedInWords));
    return groups.entrySet().stream()
        .map(
            group -> {
              IntSummaryStatistics delays =
                  group.getValue().stream().mapToInt(LegTruth::delay).summaryStatistics();
              long late = group.getValue().stream().filter(leg -> leg.delay() > 15).count();
              return "%s\t%d\t%d\t%d"
                  .formatted(group.getKey(), delays.getCount(), late, delays.getSum());
            })
        .toList();
  }

  private String landedInWords() {
    return landedLate().map(late -> LATE.ceilingEntry(late).getValue()).orElse("not seen");
  }

  /** Minutes by which the plane was late when it was last seen. */
  Optional<Integer> landedLate() {
    return landed.map(flight -> flight.row.getAs("arr_delay_min"));
  }

  int delay() {
    return departure.row.getAs("dep_delay_min");
  }

  /** All values. */
  String text() {
    Row row = departure.row;
    return words(
        departure.id(),
        first.rotation(),
        number,
        row.getAs("tailnum"),
        row.getAs("carrier"),
        row.getAs("flight"),
        row.getAs("origin"),
        row.getAs("dest"),
        row.getAs("day"),
        departure.left,
        delay(),
        landed.flatMap(Departure::arrived).orElse(null),
        landed.map(flight -> flight.row.getAs("dest")).orElse(null),
        landedLate().orElse(null),
        stillFlying);
  }

  /** As Spark writes a row. */
  private static String words(Object... values) {
    return Stream.of(values).map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
