package io.afp.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that says what flights must give: a header, and rows with tabs between their values. */
record Truth(List<String> header, List<String> rows) {

  static Truth of(String name) {
    try {
      List<String> lines = Files.readAllLines(file(name));
      return new Truth(
          List.of(lines.get(0).split("\t", -1)), List.copyOf(lines.subList(1, lines.size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file beside the script that makes them. */
  static Path file(String name) {
    return Reactor.root().resolve("afp-examples/src/test/resources/flights").resolve(name);
  }

  /** The same rows without their first column. */
  Truth withoutFirst() {
    return new Truth(
        header.subList(1, header.size()),
        rows.stream().map(row -> row.substring(row.indexOf('\t') + 1)).toList());
  }
}
