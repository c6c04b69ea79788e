package io.afp.core.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Map.Entry;

/** States as the ledger holds them: an object that says its kind. */
public final class StateJson {

  private static final String KIND = "kind";
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final Map<String, Class<? extends State>> KINDS =
      Map.of(
          "counts", Counts.class,
          "extremes", Extremes.class,
          "moments", Moments.class,
          "comoments", Comoments.class,
          "distinct", Distinct.class,
          "quantiles", Quantiles.class,
          "frequencies", Frequencies.class);

  private StateJson() {}

  /** Writes a state; one that could not be measured has no form. */
  public static String write(State state) {
    String kind =
        KINDS.entrySet().stream()
            .filter(known -> known.getValue() == state.getClass())
            .map(Entry::getKey)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("It is not kept: " + state));
    try {
      return "{\"%s\":\"%s\",%s".formatted(KIND, kind, JSON.writeValueAsString(state).substring(1));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers and texts are always JSON", e);
    }
  }

  /** Reads what was written. */
  public static State read(String json) {
    try {
      return JSON.readValue(json, KINDS.get(JSON.readTree(json).path(KIND).asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger holds what was written", e);
    }
  }
}
