package breach.notestisskipped.core;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A seeded breach. */
final class WhenThereIsATool {
  @Test
  void works() {
    Assumptions.assumeTrue(System.getenv("TOOL") != null);
  }
}
