package io.afp.ingestion.infer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text looks like. One may look like several: each int like a long, each long like a number.
 */
enum Look {
  BOOLEAN,
  INT,
  LONG,
  /** Digits only, whether a long has room for them or not. */
  DIGITS,
  /** Digits, with a point or without. */
  PLAIN_NUMBER,
  /** Also with an exponent. */
  NUMBER,
  DATE,
  /** A day and a time, without a zone. */
  LOCAL_TIME,
  /** A day and a time with a zone: an instant. */
  INSTANT,
  EMAIL,
  ADDRESS_OF_HOST,
  PHONE,
  IBAN,
  CARD;

  /** Longer texts look like nothing. */
  private static final int LONGEST = 64;

  private static final Set<String> FLAGS = Set.of("true", "false", "yes", "no");
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");
  private static final Pattern DIGITS_ONLY = Pattern.compile("[+-]?\\d+");
  private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
  private static final Pattern WITH_EXPONENT = Pattern.compile(PLAIN + "([eE][+-]?\\d{1,3})?");
  private static final Pattern DAY_AND_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "([ T]\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d{1,6}0*)?)?(Z|[+-]\\d{2}:\\d{2})?)?");
  private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}");
  private static final Pattern HOST =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern CALL = Pattern.compile("(?:\\+|00)\\d[\\d /()-]{6,18}\\d");
  private static final Pattern ACCOUNT =
      Pattern.compile("[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?");
  private static final Pattern CARD_NUMBER =
      Pattern.compile("\\d{4}[ -]?(?:\\d{4}[ -]?){2}\\d{1,7}");

  /** All that a text looks like; blanks around it are none of it. */
  static Set<Look> of(String text) {
    String bare = text.strip();
    Set<Look> looks = EnumSet.noneOf(Look.class);
    if (bare.isEmpty() || bare.length() > LONGEST) {
      return looks;
    }
    addNumbers(bare, looks);
    addTimes(bare, looks);
    if (FLAGS.contains(bare.toLowerCase(Locale.ROOT))) {
      looks.add(BOOLEAN);
    }
    addPersonal(bare, looks);
    return looks;
  }

  private static void addNumbers(String text, Set<Look> looks) {
    if (DIGITS_ONLY.matcher(text).matches()) {
      looks.addAll(EnumSet.of(DIGITS, PLAIN_NUMBER, NUMBER));
      addWhole(text, looks);
    } else if (PLAIN.matcher(text).matches()) {
      looks.addAll(EnumSet.of(PLAIN_NUMBER, NUMBER));
    } else if (NO_NUMBERS.contains(text) || WITH_EXPONENT.matcher(text).matches()) {
      looks.add(NUMBER);
    }
  }

  private static void addWhole(String text, Set<Look> looks) {
    try {
      long value = Long.parseLong(text);
      looks.add(LONG);
      if (value == (int) value) {
        looks.add(INT);
      }
    } catch (NumberFormatException e) {
      return; // more digits than a long has
    }
  }

  private static void addTimes(String text, Set<Look> looks) {
    Matcher parts = DAY_AND_TIME.matcher(text);
    if (text.charAt(0) > '9' || !parts.matches() || !isDay(parts)) {
      return;
    }
    if (parts.group(4) == null) {
      looks.add(DATE);
    } else {
      looks.add(parts.group(5) == null ? LOCAL_TIME : INSTANT);
    }
  }

  private static boolean isDay(Matcher parts) {
    try {
      LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static void addPersonal(String text, Set<Look> looks) {
    if (text.indexOf('@') > 0 && MAIL.matcher(text).matches()) {
      looks.add(EMAIL);
    }
    if (text.length() < 7) {
      return;
    }
    char first = text.charAt(0);
    if (first == '+' || first == '0') {
      add(CALL, text, PHONE, looks);
    }
    if (Character.isUpperCase(first)) {
      add(ACCOUNT, text, IBAN, looks);
    } else if (Character.isDigit(first)) {
      add(HOST, text, ADDRESS_OF_HOST, looks);
      addCard(text, looks);
    }
  }

  private static void add(Pattern pattern, String text, Look look, Set<Look> looks) {
    if (pattern.matcher(text).matches()) {
      looks.add(look);
    }
  }

  private static void addCard(String text, Set<Look> looks) {
    if (text.length() >= 13 && CARD_NUMBER.matcher(text).matches() && hasCheckDigit(text)) {
      looks.add(CARD);
    }
  }

  /** The sum of Luhn, which one of ten numbers has by chance. */
  private static boolean hasCheckDigit(String text) {
    String digits = text.replaceAll("\\D", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
