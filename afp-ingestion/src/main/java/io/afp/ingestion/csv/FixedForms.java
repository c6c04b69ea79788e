package io.afp.ingestion.csv;

import io.afp.core.definition.EntryDef;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The forms in which a column is read fast, by the length of their texts. */
final class FixedForms {

  private static final List<String> CLOCKS =
      List.of(
          "HH:mm:ss",
          "HH:mm",
          "HH:mm:ss.S",
          "HH:mm:ss.SS",
          "HH:mm:ss.SSS",
          "HH:mm:ss.SSSS",
          "HH:mm:ss.SSSSS",
          "HH:mm:ss.SSSSSS");
  private static final String DAY = "uuuu-MM-dd";
  private static final FixedForm[] NONE = {};

  private final FixedForm[][] byLength;

  private FixedForms(List<FixedForm> forms) {
    int longest = forms.stream().mapToInt(FixedForm::length).max().orElse(0);
    this.byLength =
        IntStream.rangeClosed(0, longest)
            .mapToObj(length -> forms.stream().filter(f -> f.length() == length))
            .map(found -> found.toArray(FixedForm[]::new))
            .toArray(FixedForm[][]::new);
  }

  static FixedForms ofDates(EntryDef entry) {
    return of(entry, Stream.of(DAY));
  }

  /** Those of instants, also the ones that name UTC. */
  static FixedForms ofInstants(EntryDef entry) {
    return of(entry, Stream.concat(localTimes(), localTimes().skip(1).map(time -> time + "X")));
  }

  static FixedForms ofLocalTimes(EntryDef entry) {
    return of(entry, localTimes());
  }

  /** First a day alone. */
  private static Stream<String> localTimes() {
    Stream<String> times =
        Stream.of(" ", "'T'").flatMap(between -> CLOCKS.stream().map(c -> DAY + between + c));
    return Stream.concat(Stream.of(DAY), times);
  }

  private static FixedForms of(EntryDef entry, Stream<String> usual) {
    Stream<String> patterns = entry.format().map(Stream::of).orElse(usual);
    return new FixedForms(patterns.map(FixedForm::of).flatMap(Optional::stream).toList());
  }

  FixedForm[] ofLength(int length) {
    return length < byLength.length ? byLength[length] : NONE;
  }
}
