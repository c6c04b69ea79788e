package io.afp.cli;

import io.afp.agentic.journal.Person;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.Console;
import java.util.Optional;

/** Finds out that a person is there: an agent may not judge its own work. */
final class Persons {

  /** Where a system of continuous integration names the person who has agreed. */
  static final String VARIABLE = "AFP_APPROVED_BY";

  private Persons() {}

  /**
   * The person who does something.
   *
   * @throws AfpException PERSON_NEEDED where there is neither a terminal nor the variable
   */
  static Person require(String what) {
    Optional<String> named =
        Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isBlank());
    if (named.isPresent()) {
      return new Person(named.get().strip(), "variable");
    }
    Console terminal = System.console();
    if (terminal == null) {
      throw refused("there is no terminal to ask at");
    }
    String name = terminal.readLine("Your name, to %s (empty to leave it): ", what);
    if (name == null || name.isBlank()) {
      throw refused("nobody gave a name");
    }
    return new Person(name.strip(), "terminal");
  }

  private static AfpException refused(String why) {
    return new AfpException(
        ErrorCode.PERSON_NEEDED,
        "Cannot go on without a person: " + why,
        "Run it at a terminal, or let the build name who has agreed by %s.".formatted(VARIABLE));
  }
}
