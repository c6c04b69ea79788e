package io.afp.ingestion.infer;

import io.afp.core.definition.FilePattern;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.job.Spread;
import io.afp.ingestion.file.UndeclaredFiles;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Files that have a date in their names, and so are of an interval each.
 *
 * @param pattern where the files of an interval are, as definitions name it
 * @param calendar that of the pipeline, or with the unit of the dates
 * @param intervals those of the files, by address
 */
record DatedFiles(String pattern, IntervalDef calendar, Map<String, Interval> intervals) {

  private static final int MOST_TRIED = 20;
  private static final Pattern GLOB = Pattern.compile("(?<!\\\\)[*?\\[{]");
  private static final Pattern FIELD = Pattern.compile("\\$\\{[^}]*\\}");

  /** What the names say; empty if they have no dates, or not all of them in the same place. */
  static Optional<DatedFiles> of(
      List<String> addresses, Inference.Wish wish, SparkSession session) {
    List<String> asked = List.of(wish.files().split("/"));
    int kept = kept(wish.files(), asked);
    List<Optional<FileDate>> found =
        addresses.stream().map(a -> last(a, asked.size() - kept).flatMap(FileDate::of)).toList();
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<FileDate> dates = found.stream().map(Optional::orElseThrow).toList();
    return calendar(dates, wish.calendar())
        .flatMap(
            calendar ->
                patterns(dates, asked.subList(kept, asked.size()), calendar.unit())
                    .map(
                        end ->
                            dated(joined(asked.subList(0, kept), end), addresses, dates, calendar))
                    .filter(files -> files.areAllThatAreFound(wish, session)));
  }

  /** How many parts of a path stay as they are: dates outside of the project are no intervals. */
  private static int kept(String files, List<String> parts) {
    if (!files.startsWith("/") && !files.contains("://")) {
      return 0;
    }
    return IntStream.range(0, parts.size())
        .filter(i -> GLOB.matcher(parts.get(i)).find())
        .findFirst()
        .orElse(parts.size() - 1);
  }

  private static Optional<String> last(String address, int count) {
    String[] parts = address.split("/");
    return parts.length < count
        ? Optional.empty()
        : Optional.of(
            String.join("/", Arrays.copyOfRange(parts, parts.length - count, parts.length)));
  }

  /** That of the pipeline if the files fill its intervals; its own if it may get any. */
  private static Optional<IntervalDef> calendar(List<FileDate> dates, PipelineCalendar pipeline) {
    Set<IntervalUnit> units = dates.stream().map(FileDate::unit).collect(Collectors.toSet());
    if (units.size() > 1) {
      return Optional.empty();
    }
    IntervalUnit unit = units.iterator().next();
    return pipeline
        .interval()
        .or(() -> Optional.of(new IntervalDef(unit, ZoneOffset.UTC)))
        .filter(calendar -> calendar.unit().compareTo(unit) >= 0);
  }

  private static Optional<List<String>> patterns(
      List<FileDate> dates, List<String> asked, IntervalUnit unit) {
    boolean padded = dates.stream().allMatch(FileDate::isPadded);
    List<List<String>> paths =
        dates.stream()
            .map(date -> date.pattern(unit))
            .map(path -> padded ? path : withoutZeros(path))
            .map(path -> List.of(path.split("/")))
            .toList();
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      int place = i;
      List<String> parts = paths.stream().map(path -> path.get(place)).distinct().toList();
      boolean hasField = parts.stream().anyMatch(part -> FIELD.matcher(part).find());
      Optional<String> part = hasField ? PathMerge.of(parts) : Optional.of(asked.get(i));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      merged.add(part.get());
    }
    return Optional.of(merged);
  }

  private static String withoutZeros(String path) {
    return FIELD
        .matcher(path)
        .replaceAll(
            field -> Matcher.quoteReplacement(field.group().replace("MM", "M").replace("dd", "d")));
  }

  private static String joined(List<String> start, List<String> end) {
    List<String> all = new ArrayList<>(start);
    all.addAll(end);
    return String.join("/", all);
  }

  private static DatedFiles dated(
      String pattern, List<String> addresses, List<FileDate> dates, IntervalDef calendar) {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (int i = 0; i < addresses.size(); i++) {
      intervals.put(
          addresses.get(i),
          Interval.at(dates.get(i).time().atZone(calendar.zone()).toInstant(), calendar));
    }
    return new DatedFiles(pattern, calendar, intervals);
  }

  /** Whether the pattern finds of an interval its files and no others. */
  private boolean areAllThatAreFound(Inference.Wish wish, SparkSession session) {
    Map<Interval, List<String>> files = new TreeMap<>(Comparator.comparing(Interval::start));
    intervals.forEach(
        (address, interval) ->
            files.computeIfAbsent(interval, i -> new ArrayList<>()).add(address));
    FilePattern whole = new FilePattern(wish.absolute(pattern));
    return Spread.of(List.copyOf(files.keySet()), MOST_TRIED).stream()
        .allMatch(
            interval ->
                Set.copyOf(files.get(interval))
                    .equals(
                        Set.copyOf(
                            UndeclaredFiles.addresses(
                                whole.at(interval.start().atZone(calendar.zone())), session))));
  }

  /** The time zone whose calendar cuts the intervals. */
  String zone() {
    return calendar.zone().normalized().equals(ZoneOffset.UTC) ? "UTC" : calendar.zone().getId();
  }

  /** Whether they are of more than one interval. */
  boolean areOfMany() {
    return intervals.values().stream().map(Interval::start).distinct().count() > 1;
  }
}
