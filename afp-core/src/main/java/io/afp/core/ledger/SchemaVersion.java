package io.afp.core.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a source from a unit on.
 *
 * @param number counts the versions of a table; 0 before it is published
 * @param unit the label of the first unit that had them
 * @param start of that unit; empty for the whole of a table
 * @param changes against the version before it
 */
public record SchemaVersion(
    int number, String unit, Optional<Instant> start, List<Column> columns, List<Change> changes) {

  public SchemaVersion {
    columns = List.copyOf(columns);
    changes = List.copyOf(changes);
  }

  /** In how much of the source a column is. */
  public enum Presence {
    @JsonProperty("all")
    ALL,
    @JsonProperty("some")
    SOME,
    /** It is only declared. */
    @JsonProperty("none")
    NONE
  }

  /**
   * A column.
   *
   * @param type by the name that definitions have for it, if they have one
   * @param moves whether files disagree about its place among the others
   */
  public record Column(
      String name,
      String type,
      Presence presence,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moves) {

    /** One that has the same place in all files. */
    public static Column of(String name, String type, Presence presence) {
      return new Column(name, type, presence, false);
    }

    /** Whether the source has it, at least in a part. */
    @JsonIgnore
    public boolean isPresent() {
      return presence != Presence.NONE;
    }

    /** Whether it has one place in all of the source. */
    @JsonIgnore
    public boolean hasPlace() {
      return presence == Presence.ALL && !moves;
    }
  }

  /**
   * One change.
   *
   * @param kind such as {@code new}
   * @param column empty where it concerns all
   * @param policy what was done, by {@code drift}; empty where nothing was to be decided
   * @param text what changed and what that means, in words
   */
  public record Change(String kind, String column, String policy, String text) {

    /** The kind of the change with which everything begins. */
    public static final String FIRST = "first";

    /** The beginning is none for people. */
    @JsonIgnore
    public boolean isFirst() {
      return kind.equals(FIRST);
    }
  }

  /** Whether nothing was known before it. */
  public boolean isFirst() {
    return changes.stream().anyMatch(Change::isFirst);
  }

  /** The column with this name that the source has. */
  public Optional<Column> present(String name) {
    return columns.stream().filter(c -> c.name().equals(name) && c.isPresent()).findFirst();
  }
}
