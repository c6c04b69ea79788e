package io.afp.core.spi;

import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.ledger.FileStamp;
import io.afp.core.ledger.LoadedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the content of a table depends on.
 *
 * @param files the files of each unit, for a source
 * @param tables the tables that are read, for a model
 * @param sources what else each unit depends on, for a source that is no file
 * @param javaClass the class of a model in Java
 */
public record Inputs(
    Map<Unit, List<FileInput>> files,
    Map<Unit, SourceInput> sources,
    Set<TableName> tables,
    Optional<ClassInput> javaClass) {

  public Inputs {
    files = Map.copyOf(files);
    sources = Map.copyOf(sources);
    tables = Set.copyOf(tables);
  }

  /** The inputs of a source. */
  public static Inputs ofFiles(Map<Unit, List<FileInput>> files) {
    return new Inputs(files, Map.of(), Set.of(), Optional.empty());
  }

  /** The inputs of a source that is no file; a unit without one is done once it is done. */
  public static Inputs ofSources(Map<Unit, SourceInput> sources) {
    return new Inputs(Map.of(), sources, Set.of(), Optional.empty());
  }

  /** The inputs of a query. */
  public static Inputs ofTables(Set<TableName> tables) {
    return new Inputs(Map.of(), Map.of(), tables, Optional.empty());
  }

  /** The inputs of a model in Java. */
  public static Inputs ofClass(ClassInput javaClass, Set<TableName> tables) {
    return new Inputs(Map.of(), Map.of(), tables, Optional.of(javaClass));
  }

  /** The same with the files of other units, too. */
  public Inputs plusFiles(Map<Unit, List<FileInput>> more) {
    Map<Unit, List<FileInput>> all = new HashMap<>(files);
    all.putAll(more);
    return new Inputs(all, sources, tables, javaClass);
  }

  /** The same with only these files of a unit. */
  public Inputs withFilesOf(Unit unit, List<FileInput> these) {
    return plusFiles(Map.of(unit, these));
  }

  /** The same with the files that others have of a unit. */
  public Inputs plusFilesOf(Unit unit, Inputs others) {
    List<FileInput> more = others.files.get(unit);
    return more == null ? this : plusFiles(Map.of(unit, more));
  }

  /** The same with these tables instead. */
  public Inputs withTables(Set<TableName> others) {
    return new Inputs(files, sources, others, javaClass);
  }

  /**
   * A file at a moment.
   *
   * @param path as it is kept in the ledger: relative to the pipeline where it lies below it
   * @param address where it can be read
   * @param stamp what it looks like
   * @param content tells its bytes from others
   */
  public record FileInput(String path, String address, FileStamp stamp, Checksum content) {

    /** The checksum of its bytes; reads them if nobody has. */
    public String checksum() {
      return content.value();
    }

    /**
     * Whether it has the bytes that were loaded; reads them only where size and time leave it open.
     */
    public boolean isSame(LoadedFile before) {
      return !before.rulesOut(stamp) && before.checksum().equals(checksum());
    }

    /** As the ledger keeps it once its rows are in a table. */
    public LoadedFile loaded() {
      return new LoadedFile(path, checksum(), Optional.of(stamp), content.checked());
    }
  }

  /**
   * A source at a moment.
   *
   * @param name as it is kept in the ledger
   * @param version another one for another state, for people to read too; without {@code =}
   */
  public record SourceInput(String name, String version) {

    public SourceInput {
      if (version.indexOf('=') >= 0) {
        throw new IllegalArgumentException("a version has no '=': " + version);
      }
    }
  }

  /**
   * A class at a moment.
   *
   * @param checksum changes with what the class does
   */
  public record ClassInput(String name, String checksum) {}
}
