package io.afp.ingestion.csv;

/** Days of the calendar by arithmetic, without an object for each. */
final class CalendarDay {

  /** What {@link #of} gives where there is no such day. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int DAYS_FROM_YEAR_0_TO_1970 = 719_528;

  private CalendarDay() {}

  /** The days since 1970 of a day in the years 1 to 9999, else {@link #NONE}. */
  static int of(int year, int month, int day) {
    boolean exists =
        year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
    return exists ? daysBefore(year) + daysBefore(year, month) + day - 1 : NONE;
  }

  private static int daysBefore(int year) {
    int leapDays = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    return 365 * year + leapDays - DAYS_FROM_YEAR_0_TO_1970;
  }

  /** As if February had 30 days, less those that it does not have. */
  private static int daysBefore(int year, int month) {
    int days = (367 * month - 362) / 12;
    return month <= 2 ? days : days - 30 + daysOf(year, 2);
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return isLeap(year) ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
