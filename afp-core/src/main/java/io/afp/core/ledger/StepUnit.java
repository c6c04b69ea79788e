package io.afp.core.ledger;

import io.afp.core.definition.Unit;
import java.util.List;

/**
 * A unit that a step covers.
 *
 * @param inputs one text for each input, sorted; see {@link InputText}
 */
public record StepUnit(Unit unit, String definitionHash, List<String> inputs) {

  public StepUnit {
    inputs = List.copyOf(inputs);
  }
}
