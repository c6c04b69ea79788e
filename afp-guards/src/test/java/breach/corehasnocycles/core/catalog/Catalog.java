package breach.corehasnocycles.core.catalog;

import breach.corehasnocycles.core.ledger.Ledger;

/** The other half of the circle. */
public final class Catalog {
  Ledger seen;
}
