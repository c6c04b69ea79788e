package io.afp.ingestion.csv;

/** What becomes of a record that is not as it has to be, as Spark calls it. */
enum ReadMode {
  /** It is a row; what could not be read is null. */
  PERMISSIVE,
  /** It is left out. */
  DROPMALFORMED,
  /** It fails the read. */
  FAILFAST
}
