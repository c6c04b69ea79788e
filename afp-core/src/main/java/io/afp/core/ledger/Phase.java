package io.afp.core.ledger;

import java.util.Locale;

/** The parts of a run, in order. */
public enum Phase {
  INGEST,
  TRANSFORM,
  QUALITY,
  PUBLISH,
  SERVE;

  /** The name in the ledger and in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
