package io.afp.cli;

/** Text in lines of a terminal; a word that is longer than a line stays whole. */
final class Folded {

  private Folded() {}

  /** The first line begins at the left, the others behind a margin. */
  static String text(String text, int margin) {
    StringBuilder lines = new StringBuilder();
    int room = Output.WIDTH;
    for (String word : text.split("(?<=\\S) ")) {
      if (!lines.isEmpty() && word.length() + 1 > room) {
        lines.append('\n').append(" ".repeat(margin)).append(word);
        room = Output.WIDTH - margin - word.length();
      } else {
        lines.append(lines.isEmpty() ? "" : " ").append(word);
        room -= word.length() + 1;
      }
    }
    return lines.toString();
  }
}
