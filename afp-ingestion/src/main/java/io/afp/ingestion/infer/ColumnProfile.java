package io.afp.ingestion.infer;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is in a column, counted while its values pass; parts that were counted apart are merged. */
final class ColumnProfile implements Serializable {

  private static final long serialVersionUID = 1;

  /** So many different values are compared to find out that one comes again. */
  private static final int MOST_KNOWN = 5_000;

  private static final int MOST_SAMPLES = 3;
  private static final int MOST_FEW = 10;
  private static final int LONGEST_SAMPLE = 40;
  private static final int DIGITS_OF_DOUBLE = 15;

  private final Map<String, Long> markers = new HashMap<>();
  private final Map<Look, Long> looks = new EnumMap<>(Look.class);
  private final Map<Look, List<String>> others = new EnumMap<>(Look.class);
  private final Map<DayPattern, Long> days = new EnumMap<>(DayPattern.class);
  private final Digits digits = new Digits();
  private final Digits whole = new Digits();
  private final Map<NumberForm, Digits> forms = new EnumMap<>(NumberForm.class);
  private transient Set<Long> known = new HashSet<>(); // of use while rows are counted
  private Set<String> few = new TreeSet<>(); // null once there were too many
  private boolean repeats;
  private long nulls;
  private long values;
  private long codes;

  /** Counts a text, or null. */
  void add(String text) {
    if (text == null) {
      nulls++;
      return;
    }
    values++;
    remember(text);
    if (NullMarkers.ALL.contains(text)) {
      markers.merge(text, 1L, Long::sum);
    } else {
      addFew(text);
      look(text);
    }
  }

  private void addFew(String text) {
    if (few != null) {
      few.add(text);
      few = few.size() > MOST_FEW || text.length() > LONGEST_SAMPLE ? null : few;
    }
  }

  /** Counts a value of a source that knows its type, or null. */
  void addTyped(Object value) {
    if (value == null) {
      nulls++;
    } else {
      values++;
      remember(value.toString());
      addFew(value.toString());
    }
  }

  /** Once a value has come twice, or too many are known, nothing is remembered any more. */
  private void remember(String text) {
    if (known == null) {
      return;
    }
    if (!known.add(hash(text))) {
      known = null;
      repeats = true;
    } else if (known.size() > MOST_KNOWN) {
      known = null;
    }
  }

  /** FNV of 64 bits: that two of so few texts share one is as good as impossible. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private void look(String text) {
    Set<Look> found = Look.of(text);
    for (Look look : found) {
      looks.merge(look, 1L, Long::sum);
    }
    for (Look look : TypeChoice.TYPES) {
      if (!found.contains(look)) {
        sample(look, text);
      }
    }
    if (found.contains(Look.PLAIN_NUMBER)) {
      digits.add(text.strip());
    }
    if (found.contains(Look.DIGITS)) {
      whole.add(text.strip());
    } else {
      NumberForm.of(text.strip())
          .forEach((form, number) -> forms.computeIfAbsent(form, f -> new Digits()).add(number));
    }
    if (text.length() == 2 && Character.isUpperCase(text.charAt(0))) {
      codes++;
    }
    DayPattern.of(text).forEach(pattern -> days.merge(pattern, 1L, Long::sum));
  }

  private void sample(Look look, String text) {
    List<String> samples = others.computeIfAbsent(look, l -> new ArrayList<>(MOST_SAMPLES));
    if (samples.size() < MOST_SAMPLES) {
      String cut = text.length() > LONGEST_SAMPLE ? text.substring(0, LONGEST_SAMPLE) + "…" : text;
      if (!samples.contains(cut)) {
        samples.add(cut);
      }
    }
  }

  /** Counts what another part of the column has. */
  ColumnProfile merge(ColumnProfile other) {
    nulls += other.nulls;
    values += other.values;
    codes += other.codes;
    repeats |= other.repeats;
    if (other.few == null) {
      few = null;
    } else {
      other.few.forEach(this::addFew);
    }
    other.markers.forEach((text, count) -> markers.merge(text, count, Long::sum));
    other.looks.forEach((look, count) -> looks.merge(look, count, Long::sum));
    other.days.forEach((pattern, count) -> days.merge(pattern, count, Long::sum));
    other.others.forEach((look, samples) -> samples.forEach(text -> sample(look, text)));
    digits.merge(other.digits);
    whole.merge(other.whole);
    other.forms.forEach((form, some) -> forms.computeIfAbsent(form, f -> new Digits()).merge(some));
    return this;
  }

  /**
   * All values, in order; empty if they are many.
   *
   * @param nullValues the texts that stand for null
   */
  List<String> few(Set<String> nullValues) {
    boolean known = few != null && nullValues.containsAll(markers.keySet());
    return known ? List.copyOf(few) : List.of();
  }

  /** Texts that often stand for null, and how often each is there. */
  Map<String, Long> markers() {
    return markers;
  }

  long nulls() {
    return nulls;
  }

  /** How many values are there, those left out that stand for null. */
  long values(Set<String> nullValues) {
    return values - marked(nullValues);
  }

  /** How many values there are that no text marks as null, whichever texts do. */
  long plainValues() {
    return values - marked(NullMarkers.ALL);
  }

  private long marked(Set<String> texts) {
    return markers.entrySet().stream()
        .filter(marker -> texts.contains(marker.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long count(Look look) {
    return looks.getOrDefault(look, 0L);
  }

  long count(DayPattern pattern) {
    return days.getOrDefault(pattern, 0L);
  }

  /** A few values that do not look so. */
  List<String> others(Look look) {
    return others.getOrDefault(look, List.of());
  }

  Digits digits() {
    return digits;
  }

  /** The digits of those values that are numbers of a form. */
  Digits digits(NumberForm form) {
    Digits all = new Digits();
    all.merge(whole); // which all forms have
    all.merge(forms.getOrDefault(form, new Digits()));
    return all;
  }

  /** Whether all values are codes of two letters, where {@code NA} is Namibia. */
  boolean isCode() {
    return codes > 0 && codes == plainValues();
  }

  /** Whether a value was seen twice; one that was not may come twice all the same. */
  boolean repeats() {
    return repeats;
  }

  /** The digits of the numbers of a column. */
  static final class Digits implements Serializable {

    private static final long serialVersionUID = 1;

    private long numbers;
    private long withLeadingZero;
    private long lossy;
    private int before;
    private int fewestBehind = Integer.MAX_VALUE;
    private int mostBehind;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    private void add(String number) {
      numbers++;
      String bare = number.replaceFirst("^[+-]", "");
      int point = bare.indexOf('.');
      int whole = point < 0 ? bare.length() : point;
      int behind = point < 0 ? 0 : bare.length() - point - 1;
      if (whole > 1 && bare.charAt(0) == '0') {
        withLeadingZero++;
      }
      if (whole + behind > DIGITS_OF_DOUBLE && isLossy(bare)) {
        lossy++;
      }
      before = Math.max(before, whole);
      fewestBehind = Math.min(fewestBehind, behind);
      mostBehind = Math.max(mostBehind, behind);
      shortest = Math.min(shortest, bare.length());
      longest = Math.max(longest, bare.length());
    }

    private static boolean isLossy(String number) {
      double nearest = Double.parseDouble(number);
      return new BigDecimal(number).compareTo(new BigDecimal(Double.toString(nearest))) != 0;
    }

    private void merge(Digits other) {
      numbers += other.numbers;
      withLeadingZero += other.withLeadingZero;
      lossy += other.lossy;
      before = Math.max(before, other.before);
      fewestBehind = Math.min(fewestBehind, other.fewestBehind);
      mostBehind = Math.max(mostBehind, other.mostBehind);
      shortest = Math.min(shortest, other.shortest);
      longest = Math.max(longest, other.longest);
    }

    /** How many numbers there are. */
    long numbers() {
      return numbers;
    }

    /** How many begin with a zero that a number would lose. */
    long withLeadingZero() {
      return withLeadingZero;
    }

    /** Whether a double would give back other digits. */
    boolean needDecimal() {
      return lossy > 0;
    }

    /** The most digits before the point. */
    int before() {
      return before;
    }

    /** The most digits behind the point. */
    int behind() {
      return mostBehind;
    }

    /** Whether all have the same number of digits behind the point, as money has. */
    boolean isFixed() {
      return mostBehind > 0 && fewestBehind == mostBehind;
    }

    /** The number of characters that all have; 0 if they differ. */
    int width() {
      return shortest == longest ? longest : 0;
    }

    int longest() {
      return longest;
    }
  }
}
