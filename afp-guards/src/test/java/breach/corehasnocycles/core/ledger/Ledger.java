package breach.corehasnocycles.core.ledger;

import breach.corehasnocycles.core.catalog.Catalog;

/** A seeded breach: it closes the circle. */
public final class Ledger {
  Catalog seen;
}
