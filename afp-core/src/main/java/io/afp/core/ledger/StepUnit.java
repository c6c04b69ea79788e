package io.afp.core.ledger;

import io.afp.core.definition.Unit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A unit that a step covers.
 *
 * @param others what it is made of beside files, one text each; see {@link InputText}
 * @param files asked for only when they are needed, because their checksums may have to be read
 */
public record StepUnit(
    Unit unit, String definitionHash, List<String> others, Supplier<List<LoadedFile>> files) {

  public StepUnit {
    others = List.copyOf(others);
  }

  /** A unit that is made of no files. */
  public StepUnit(Unit unit, String definitionHash, List<String> others) {
    this(unit, definitionHash, others, List::of);
  }

  /** One text for each input, sorted. */
  public List<String> inputs() {
    return Stream.concat(
            others.stream(),
            files.get().stream().map(file -> InputText.file(file.path(), file.checksum())))
        .sorted()
        .toList();
  }
}
