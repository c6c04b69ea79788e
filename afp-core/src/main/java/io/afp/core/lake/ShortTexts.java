package io.afp.core.lake;

import java.util.function.Predicate;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What is known of a few short texts. A text takes the place of another one with the same hash;
 * where most texts are new, none is remembered any more.
 */
final class ShortTexts {

  private static final int PLACES = 256;
  private static final int MOST_BYTES = 64;
  private static final int TRIED = 10_000;

  private final UTF8String[] texts = new UTF8String[PLACES];
  private final boolean[] answers = new boolean[PLACES];
  private int asked;
  private int unknown;
  private boolean givenUp;

  /** The answer to a question that is always the same, and always asked here. */
  boolean answer(UTF8String text, Predicate<UTF8String> question) {
    if (text.numBytes() > MOST_BYTES || givenUp) {
      return question.test(text);
    }
    int place = text.hashCode() & PLACES - 1;
    if (!text.equals(texts[place])) {
      answers[place] = question.test(text);
      texts[place] = text.copy();
      unknown++;
    }
    if (++asked == TRIED) {
      lookBack();
    }
    return answers[place];
  }

  private void lookBack() {
    givenUp = unknown > TRIED / 2;
    asked = 0;
    unknown = 0;
  }
}
