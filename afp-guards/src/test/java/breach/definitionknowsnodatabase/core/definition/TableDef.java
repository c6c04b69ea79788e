package breach.definitionknowsnodatabase.core.definition;

import java.sql.Connection;

/** A seeded breach. */
final class TableDef {
  Connection seen;
}
