package io.afp.agentic.lifecycle;

import io.afp.agentic.journal.Person;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a person has agreed to.
 *
 * @param at when, as ISO-8601 has it
 * @param note what the person said about it
 * @param files the checksums of what the phase left, and of all that it rests on
 */
public record Approval(
    String phase, String at, Person by, String note, SortedMap<String, String> files) {

  /** The files that are others by now. */
  List<String> changed(Map<String, String> now) {
    return files.entrySet().stream()
        .filter(file -> !file.getValue().equals(now.get(file.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
