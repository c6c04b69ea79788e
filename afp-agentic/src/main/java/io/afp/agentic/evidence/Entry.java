package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A line of a journal.
 *
 * @param event what happened
 * @param criterion which one was judged, or empty
 * @param json all of it, without the seal
 */
public record Entry(Event event, String criterion, ObjectNode json) {

  /** What can happen to a task. */
  public enum Event {
    STARTED,
    RAN,
    ACCEPTED,
    CLOSED
  }

  static Entry of(ObjectNode json) {
    return new Entry(
        Event.valueOf(json.path("event").asText()), json.path("criterion").asText(), json);
  }

  /** The checksums of the deliverables when it happened. */
  SortedMap<String, String> deliverables() {
    return checksums("deliverables");
  }

  /** Checksums by paths. */
  SortedMap<String, String> checksums(String key) {
    SortedMap<String, String> files = new TreeMap<>();
    json.path(key).fields().forEachRemaining(f -> files.put(f.getKey(), f.getValue().asText()));
    return files;
  }

  /** One checksum over all that judged. */
  String judges() {
    return json.path("judged_by").asText();
  }

  /** Who accepted it, or began the work anew. */
  String by() {
    return json.path("by").asText();
  }

  /** When it happened; before all times where it does not say. */
  Instant at() {
    try {
      return Instant.parse(json.path("at").asText());
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }

  /** What was to be delivered when the work began. */
  Set<String> promised() {
    return new TreeSet<>(texts("promised"));
  }

  /** What the criterion promised when it was judged. */
  String promise() {
    return json.path("promise").asText();
  }

  /** Whether a command succeeded, or a person agreed. */
  boolean isGood() {
    return event == Event.ACCEPTED || event == Event.RAN && json.path("exit").asInt(-1) == 0;
  }

  /** The promises of all criteria when the work began. */
  List<String> promises() {
    return texts("promises");
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : json.path(key)) {
      texts.add(each.asText());
    }
    return texts;
  }
}
