package io.afp.core.lake;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where some records begin, by the address of their file, as {@link RawRows#OFFSET} and {@link
 * RawRows#LINE} say it. So many are held and no more; after that, or after a record whose place is
 * not known, none is.
 */
public final class RecordPlaces implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of more, a read of all is not much slower. */
  static final int MOST = 500_000;

  private final Map<String, List<Place>> places = new HashMap<>();
  private int size;
  private boolean known = true;

  /** A byte of a file, from 0, and the number of its line, from 1. */
  public record Place(long offset, long line) implements Serializable {}

  /** Adds a record. */
  public synchronized void add(String file, Place place) {
    places.computeIfAbsent(file, any -> new ArrayList<>()).add(place);
    keep(size + 1);
  }

  /** Adds others. */
  synchronized void addAll(RecordPlaces more) {
    known &= more.known;
    more.places.forEach(
        (file, each) -> places.computeIfAbsent(file, any -> new ArrayList<>()).addAll(each));
    keep(size + more.size);
  }

  /** Adds a record whose place is not known. */
  synchronized void addUnknown() {
    known = false;
    keep(size);
  }

  private void keep(int now) {
    known &= now <= MOST;
    size = known ? now : 0;
    if (!known) {
      places.clear();
    }
  }

  /** Those of records whose places are not known. */
  static RecordPlaces unknown() {
    RecordPlaces unknown = new RecordPlaces();
    unknown.addUnknown();
    return unknown;
  }

  /** How many it holds. */
  synchronized int size() {
    return size;
  }

  /** Whether it has the places of all records that were added. */
  boolean areKnown() {
    return known;
  }

  /** Those within a range of bytes of a file, in order. */
  public List<Place> within(String file, long from, long to) {
    return places.getOrDefault(file, List.of()).stream()
        .filter(place -> from <= place.offset() && place.offset() < to)
        .distinct()
        .sorted(Comparator.comparing(Place::offset))
        .toList();
  }

  /** A task tells what it has so far while it adds. */
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
  }
}
