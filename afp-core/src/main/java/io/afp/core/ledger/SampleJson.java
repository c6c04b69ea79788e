package io.afp.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;

/** Samples as a column of the ledger holds them: a list of objects. */
final class SampleJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<LinkedHashMap<String, String>>> ROWS =
      new TypeReference<>() {};

  private SampleJson() {}

  static String write(List<Sample> samples) {
    try {
      return JSON.writeValueAsString(samples.stream().map(Sample::values).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }

  static List<Sample> read(String json) {
    try {
      return JSON.readValue(json, ROWS).stream().map(Sample::new).toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger holds what was written", e);
    }
  }
}
