package io.afp.core.ledger;

import java.util.Locale;

/** The parts of a run, in order. */
public enum Phase {
  INGEST,
  TRANSFORM,
  QUALITY,
  PUBLISH,
  SERVE;

  /** The phase with this label. */
  public static Phase of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Whether tables of the lake are filled in it. */
  public boolean fills() {
    return this == INGEST || this == TRANSFORM;
  }

  /** The name in the ledger and in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
