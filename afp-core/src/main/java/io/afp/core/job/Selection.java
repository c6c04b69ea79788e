package io.afp.core.job;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some tables of a pipeline, in the words of dbt: {@code core.flight}, {@code core.flight+} with
 * all that is made of it, {@code +core.flight} with all that it is made of, {@code core.*}, several
 * with commas between.
 *
 * @param terms none for all tables
 */
record Selection(List<String> terms) {

  private static final Pattern TERM = Pattern.compile("(\\+?)([A-Za-z0-9_.*]+)(\\+?)");

  Selection {
    terms = List.copyOf(terms);
  }

  /** All tables. */
  static Selection all() {
    return new Selection(List.of());
  }

  /** What an option says; null is all tables. */
  static Selection parse(String text) {
    return text == null
        ? all()
        : new Selection(Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  /**
   * The selected tables.
   *
   * @param upstream the tables of the pipeline, each with those that it reads
   * @throws AfpException USAGE if a term selects nothing
   */
  Set<TableName> tables(Map<TableName, Set<TableName>> upstream) {
    if (terms.isEmpty()) {
      return upstream.keySet();
    }
    Set<TableName> selected = new HashSet<>();
    terms.forEach(term -> selected.addAll(tables(term, upstream)));
    return selected;
  }

  private static Set<TableName> tables(String term, Map<TableName, Set<TableName>> upstream) {
    Matcher matcher = TERM.matcher(term);
    Set<TableName> named = matcher.matches() ? named(matcher.group(2), upstream) : Set.of();
    if (named.isEmpty()) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot select %s: no table of the pipeline has this name (tables=%s)"
              .formatted(
                  term,
                  upstream.keySet().stream()
                      .map(TableName::toString)
                      .sorted()
                      .collect(Collectors.joining(", "))),
          "Write a table such as core.flight, core.flight+ with what is made of it, or +core.flight with what it is made of.");
    }
    Set<TableName> selected = new HashSet<>(named);
    if (!matcher.group(1).isEmpty()) {
      named.forEach(table -> addUpstream(table, upstream, selected));
    }
    if (!matcher.group(3).isEmpty()) {
      named.forEach(table -> addDownstream(table, upstream, selected));
    }
    return selected;
  }

  private static Set<TableName> named(String name, Map<TableName, Set<TableName>> upstream) {
    Pattern pattern = Pattern.compile(name.replace(".", "\\.").replace("*", "[^.]*"));
    return upstream.keySet().stream()
        .filter(table -> pattern.matcher(table.toString()).matches())
        .collect(Collectors.toSet());
  }

  private static void addUpstream(
      TableName table, Map<TableName, Set<TableName>> upstream, Set<TableName> selected) {
    for (TableName read : upstream.getOrDefault(table, Set.of())) {
      if (upstream.containsKey(read) && selected.add(read)) {
        addUpstream(read, upstream, selected);
      }
    }
  }

  private static void addDownstream(
      TableName table, Map<TableName, Set<TableName>> upstream, Set<TableName> selected) {
    upstream.forEach(
        (reader, read) -> {
          if (read.contains(table) && selected.add(reader)) {
            addDownstream(reader, upstream, selected);
          }
        });
  }

  @Override
  public String toString() {
    return String.join(",", terms);
  }
}
