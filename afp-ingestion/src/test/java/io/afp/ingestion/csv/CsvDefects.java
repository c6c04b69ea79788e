package io.afp.ingestion.csv;

import java.util.List;
import java.util.Random;

/** Breaks text in a few places, by what people and programs do wrong. */
final class CsvDefects {

  private final Dialect dialect;
  private final Random random;
  private final Texts texts;

  CsvDefects(Dialect dialect, Random random) {
    this.dialect = dialect;
    this.random = random;
    this.texts = new Texts(dialect, random);
  }

  /** Up to four defects from a place on. */
  void into(StringBuilder text, int head) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int place = head + random.nextInt(text.length() - head + 1);
      switch (random.nextInt(6)) {
        case 0 -> text.setLength(place);
        case 1 -> remove(text, place);
        case 2 -> text.insert(place, texts.piece());
        case 3 -> insertBefore(text, place);
        case 4 -> text.append(mark()).append(random.nextBoolean() ? "" : texts.piece());
        default -> text.insert(place, mark());
      }
    }
  }

  /** The next character that means something, or the one there. */
  private void remove(StringBuilder text, int place) {
    int next = next(text, place);
    if (next < text.length()) {
      text.deleteCharAt(next);
    }
  }

  private void insertBefore(StringBuilder text, int place) {
    text.insert(next(text, place), random.nextBoolean() ? mark() : " " + mark());
  }

  private int next(StringBuilder text, int place) {
    String all = String.join("", dialect.marks());
    int next = place;
    while (next < text.length() && all.indexOf(text.charAt(next)) < 0) {
      next++;
    }
    return next;
  }

  private String mark() {
    List<String> marks = dialect.marks();
    return dialect.hasQuotes() && random.nextBoolean()
        ? dialect.csv().quote()
        : marks.get(random.nextInt(marks.size()));
  }
}
