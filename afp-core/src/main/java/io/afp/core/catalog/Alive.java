package io.afp.core.catalog;

import java.util.List;
import java.util.stream.Stream;

/**
 * The pointers that must stay readable.
 *
 * @param main those of main, with all their snapshots
 * @param branches those of all branches and of what they started from, with all their snapshots
 * @param states those of the releases that are kept: readable as they were, and no older
 */
public record Alive(List<Pointer> main, List<Pointer> branches, List<Pointer> states) {

  public Alive {
    main = List.copyOf(main);
    branches = List.copyOf(branches);
    states = List.copyOf(states);
  }

  /** All that are needed with all their snapshots, because commits go on from them. */
  public List<Pointer> histories() {
    return Stream.concat(main.stream(), branches.stream()).distinct().toList();
  }
}
