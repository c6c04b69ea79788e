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
 * @param earlier what becomes of the files that it was made of before
 */
public record StepUnit(
    Unit unit,
    String definitionHash,
    List<String> others,
    Supplier<List<LoadedFile>> files,
    Earlier earlier) {

  /** What becomes of files whose rows are in the unit already. */
  public enum Earlier {
    /** They are no part of it any more. */
    REPLACED,
    /** They stay, but for those that are read again. */
    KEPT
  }

  public StepUnit {
    others = List.copyOf(others);
  }

  /** A unit that is made of these files and no others. */
  public StepUnit(
      Unit unit, String definitionHash, List<String> others, Supplier<List<LoadedFile>> files) {
    this(unit, definitionHash, others, files, Earlier.REPLACED);
  }

  /** A unit that is made of no files. */
  public StepUnit(Unit unit, String definitionHash, List<String> others) {
    this(unit, definitionHash, others, List::of);
  }

  /** The same, made of these others. */
  public StepUnit with(List<String> these) {
    return new StepUnit(unit, definitionHash, these, files, earlier);
  }

  /** The same by another definition. */
  public StepUnit by(String definition) {
    return new StepUnit(unit, definition, others, files, earlier);
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
