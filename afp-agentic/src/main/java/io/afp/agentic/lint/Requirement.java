package io.afp.agentic.lint;

import io.afp.agentic.documents.Item;
import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Row;
import io.afp.agentic.documents.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something with an id in the business requirements: a heading, an item or the row of a table that
 * begins with it.
 *
 * @param text what follows the id
 * @param row where it is one
 */
record Requirement(String id, int line, String text, Optional<Row> row) {

  private static final Pattern STATED =
      Pattern.compile("[*_`]*((?:BR|SLA|KPI|NFR|FB)-\\d+)\\b[*_`:.]*\\s*(.*)", Pattern.DOTALL);

  static List<Requirement> of(Markdown document) {
    List<Requirement> found = new ArrayList<>();
    for (Section section : document.sections()) {
      stated(section.title(), section.line(), section.text()).ifPresent(found::add);
      for (Item item : section.items()) {
        stated(item.words(), item.line(), "").ifPresent(found::add);
      }
      for (Row row : section.rows()) {
        Matcher id = STATED.matcher(row.first());
        if (id.matches()) {
          String text = String.join(" ", row.cells().values());
          found.add(new Requirement(id.group(1), row.line(), text, Optional.of(row)));
        }
      }
    }
    return found;
  }

  private static Optional<Requirement> stated(String text, int line, String below) {
    Matcher stated = STATED.matcher(text);
    return stated.matches()
        ? Optional.of(
            new Requirement(stated.group(1), line, stated.group(2) + " " + below, Optional.empty()))
        : Optional.empty();
  }

  boolean is(String kind) {
    return id.startsWith(kind + "-");
  }
}
