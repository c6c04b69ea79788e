package io.afp.ingestion.csv;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;

/**
 * How far the clocks of a zone are ahead of UTC, day by day. It remembers some days, because the
 * rules of a zone make objects for each question. Not thread-safe.
 */
final class DayOffsets {

  /** What {@link #on} gives for a day on which the clocks may change. */
  static final int CHANGES = Integer.MIN_VALUE;

  private static final int REMEMBERED = 1 << 12;

  private final ZoneRules rules;
  private final int fixed;
  private final int[] days;
  private final int[] offsets;

  DayOffsets(ZoneId zone) {
    this.rules = zone.getRules();
    this.fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : CHANGES;
    int remembered = rules.isFixedOffset() ? 0 : REMEMBERED;
    this.days = new int[remembered];
    this.offsets = new int[remembered];
    Arrays.fill(days, Integer.MIN_VALUE);
  }

  /** The seconds that are the offset all day long. */
  int on(int day) {
    if (fixed != CHANGES) {
      return fixed;
    }
    int place = day & (REMEMBERED - 1);
    if (days[place] != day) {
      offsets[place] = asked(LocalDate.ofEpochDay(day));
      days[place] = day;
    }
    return offsets[place];
  }

  private int asked(LocalDate day) {
    LocalDateTime midnight = day.atStartOfDay();
    List<ZoneOffset> valid = rules.getValidOffsets(midnight);
    if (valid.size() != 1) {
      return CHANGES;
    }
    ZoneOffsetTransition next = rules.nextTransition(midnight.toInstant(valid.get(0)));
    boolean holds = next == null || !begins(next).isBefore(midnight.plusDays(1));
    return holds ? valid.get(0).getTotalSeconds() : CHANGES;
  }

  /** The first time of the clocks that the change leaves out or shows twice. */
  private static LocalDateTime begins(ZoneOffsetTransition change) {
    return change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
  }
}
