package breach.notestisskipped.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A seeded breach. */
final class OnSomeMachines {
  @Test
  @EnabledOnOs(OS.LINUX)
  void works() {}
}
