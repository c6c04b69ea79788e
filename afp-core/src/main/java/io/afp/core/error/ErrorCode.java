package io.afp.core.error;

/**
 * The stable code of everything that can go wrong.
 *
 * <p>A code is never given a second meaning. The number is what scripts, documentation and people
 * refer to, so a code that is no longer used stays here, marked as retired.
 */
public enum ErrorCode {
  USAGE("AFP-CLI-001", Category.USAGE, "The command line is wrong"),
  BUILD_MISSING("AFP-CLI-002", Category.CONFIGURATION, "A part of AFP is not built"),
  QUERY_REFUSED("AFP-CLI-003", Category.USAGE, "The statement is not a query that may run here"),
  QUERY_FAILED("AFP-CLI-004", Category.USAGE, "The query is wrong"),
  HOME_UNWRITABLE("AFP-CLI-005", Category.UNAVAILABLE, "A file of the project can not be used"),
  MACHINE_UNFIT("AFP-CLI-006", Category.UNAVAILABLE, "The machine lacks what a run needs"),
  ANSWER_CUT("AFP-CLI-007", Category.USAGE, "An answer has more rows than are shown"),

  YAML_SYNTAX("AFP-DEF-001", Category.CONFIGURATION, "The file is not YAML"),
  UNKNOWN_KEY("AFP-DEF-002", Category.CONFIGURATION, "A key is not known"),
  MISSING_KEY("AFP-DEF-003", Category.CONFIGURATION, "A key is missing"),
  WRONG_VALUE(
      "AFP-DEF-004", Category.CONFIGURATION, "A value has the wrong type or is out of range"),
  MISSING_FILE(
      "AFP-DEF-005", Category.CONFIGURATION, "A file that belongs to a definition is missing"),
  DUPLICATE_TABLE("AFP-DEF-006", Category.CONFIGURATION, "A table is defined twice"),
  UNKNOWN_COLUMN("AFP-DEF-007", Category.CONFIGURATION, "A column is not declared"),
  UNKNOWN_TABLE("AFP-DEF-008", Category.CONFIGURATION, "A table is not known"),
  DEPENDENCY_CYCLE(
      "AFP-DEF-009", Category.CONFIGURATION, "Models depend on each other in a circle"),
  CONTRADICTION(
      "AFP-DEF-010", Category.CONFIGURATION, "Two parts of a definition do not fit together"),
  NO_PIPELINE("AFP-DEF-011", Category.CONFIGURATION, "There is no pipeline in the folder"),
  DUPLICATE_NAME("AFP-DEF-012", Category.CONFIGURATION, "A key or a name occurs twice"),
  MISPLACED_FILE("AFP-DEF-013", Category.CONFIGURATION, "A file is not where it belongs"),
  NO_PROJECT("AFP-DEF-014", Category.CONFIGURATION, "There is no project in the folder"),

  SETTING_UNRESOLVED(
      "AFP-SET-001", Category.CONFIGURATION, "A setting refers to something that is not there"),
  SETTING_WRONG("AFP-SET-002", Category.CONFIGURATION, "A setting is wrong"),
  UNKNOWN_ENVIRONMENT("AFP-SET-003", Category.CONFIGURATION, "The environment is not defined"),
  PII_KEY_MISSING(
      "AFP-SET-004", Category.CONFIGURATION, "A column is hashed, and there is no key for it"),

  INTERVAL_WRONG("AFP-RUN-001", Category.USAGE, "The interval does not fit the pipeline"),
  LEASE_HELD("AFP-RUN-002", Category.CONFLICT, "Another run of the pipeline is at work"),
  LEASE_LOST("AFP-RUN-003", Category.CONFLICT, "The run lost its lease"),
  INTERNAL("AFP-RUN-004", Category.INTERNAL, "An error that AFP does not know"),
  INTERRUPTED("AFP-RUN-005", Category.INTERRUPTED, "The run was interrupted"),
  DRIVER_DIED("AFP-RUN-006", Category.INTERNAL, "The driver ended without a report"),
  NO_OPEN_RUN("AFP-RUN-007", Category.INPUT_MISSING, "The run has no attempt to join"),
  UNKNOWN_RUN("AFP-RUN-008", Category.USAGE, "There is no such run"),
  UPSTREAM_MISSING(
      "AFP-RUN-009", Category.INPUT_MISSING, "A table of another pipeline is not published yet"),
  CLASS_PATH("AFP-RUN-010", Category.CONFIGURATION, "A library is not on the class path, or twice"),
  OTHER_RUNTIME(
      "AFP-RUN-011", Category.CONFIGURATION, "AFP is built for another Spark, Scala or Java"),

  LISTENER_MISSING(
      "AFP-OBS-001", Category.CONFIGURATION, "The driver has no jar for what shall be told others"),
  LISTENER_FAILED("AFP-OBS-002", Category.UNAVAILABLE, "Others can not be told of a run"),

  LEDGER_UNREACHABLE("AFP-LED-001", Category.UNAVAILABLE, "Postgres does not answer"),
  LEDGER_VERSION("AFP-LED-002", Category.CONFIGURATION, "The ledger has another version than AFP"),
  LEDGER_FAILED("AFP-LED-003", Category.INTERNAL, "A statement on the ledger failed"),
  LEDGER_DENIED("AFP-LED-004", Category.PERMISSION, "Postgres refuses the account"),
  EMBEDDED_POSTGRES("AFP-LED-005", Category.UNAVAILABLE, "The embedded Postgres does not start"),
  LEDGER_BUSY("AFP-LED-006", Category.CONFLICT, "Another transaction is in the way"),

  BRANCH_NOT_OPEN("AFP-CAT-001", Category.CONFLICT, "The branch is not open"),
  MAIN_MOVED("AFP-CAT-002", Category.CONFLICT, "Another writer was faster"),
  TABLE_OWNED("AFP-CAT-003", Category.CONFIGURATION, "The table belongs to another pipeline"),
  UNKNOWN_BRANCH("AFP-CAT-004", Category.USAGE, "There is no such branch"),
  UNKNOWN_RELEASE("AFP-CAT-005", Category.USAGE, "There is no such release"),
  METADATA_UNREADABLE("AFP-CAT-006", Category.UNAVAILABLE, "A table of the branch can not be read"),

  WAREHOUSE_UNWRITABLE("AFP-LAKE-001", Category.UNAVAILABLE, "The warehouse can not be written"),
  SESSION_NOT_BOUND("AFP-LAKE-002", Category.INTERNAL, "The Spark session is not on its branch"),
  SCHEMA_CONFLICT(
      "AFP-LAKE-003",
      Category.CONFIGURATION,
      "The table has a schema that the definition does not allow"),
  UNSAFE_PROPERTY("AFP-LAKE-004", Category.CONFIGURATION, "A table property would destroy data"),
  INTERVAL_EXISTS("AFP-LAKE-005", Category.CONFIGURATION, "The interval is already in the table"),
  MODE_CHANGED(
      "AFP-LAKE-006", Category.CONFIGURATION, "The table was filled in another write mode"),
  LOCATION_REFUSED(
      "AFP-LAKE-007", Category.CONFIGURATION, "A table lies in a folder that is not its own"),
  CHANGED_BY_OTHERS(
      "AFP-LAKE-008",
      Category.CONFIGURATION,
      "Rows that are merged were changed by something else than a run"),
  STORE_DENIED("AFP-LAKE-009", Category.PERMISSION, "The object store refuses the account"),
  STORE_MISSING("AFP-LAKE-010", Category.CONFIGURATION, "A bucket is not there"),
  STORE_UNREACHABLE("AFP-LAKE-011", Category.UNAVAILABLE, "The object store does not answer"),
  STORE_UNSUPPORTED(
      "AFP-LAKE-012", Category.CONFIGURATION, "The driver has no jars for the object store"),

  NO_INPUT("AFP-ING-001", Category.INPUT_MISSING, "A source has no file"),
  INPUT_UNREADABLE("AFP-ING-002", Category.DATA, "An input file is broken"),
  HEADER_WRONG("AFP-ING-003", Category.DATA, "An input file lacks columns"),
  TOO_MANY_REJECTS("AFP-ING-004", Category.DATA, "Too many rows broke the contract"),
  SOURCE_CHANGED("AFP-ING-005", Category.DATA, "A source has other columns than are declared"),
  SOURCE_CLASS("AFP-ING-006", Category.CONFIGURATION, "The class of a source can not be used"),
  CUSTOM_SOURCE_FAILED("AFP-ING-007", Category.UNAVAILABLE, "A source of your own failed"),
  REPLAY_REFUSED("AFP-ING-020", Category.USAGE, "Rejects can not be replayed"),
  SOURCE_DIFFERS("AFP-ING-040", Category.DATA, "A source is not what was loaded"),
  FILE_RENAMED("AFP-ING-041", Category.DATA, "A file that was loaded has another name now"),
  FILE_TWICE("AFP-ING-042", Category.DATA, "Two files of an interval have the same bytes"),
  FILE_REPLACED("AFP-ING-043", Category.CONFLICT, "A file changed while it was read"),
  SOURCE_UNKNOWN(
      "AFP-ING-044", Category.DATA, "It is not known whether a source is what was loaded"),
  APPENDED_FILE_CHANGED(
      "AFP-ING-045", Category.DATA, "A file whose rows were appended has changed"),
  OTHER_DEFINITION("AFP-ING-046", Category.DATA, "Rows were loaded by another definition"),
  LEFT_TO_SPARK(
      "AFP-ING-047", Category.CONFIGURATION, "Files are read by the slower parser of Spark"),

  SOURCE_UNREACHABLE(
      "AFP-JDBC-001", Category.UNAVAILABLE, "The database of a source does not answer"),
  SOURCE_DENIED(
      "AFP-JDBC-002", Category.PERMISSION, "The database of a source refuses the account"),
  SOURCE_WRONG(
      "AFP-JDBC-003",
      Category.CONFIGURATION,
      "A table, a column or a query does not fit the database of a source"),
  SOURCE_FAILED("AFP-JDBC-004", Category.DATA, "The database of a source fails on its own rows"),
  DRIVER_MISSING("AFP-JDBC-005", Category.CONFIGURATION, "There is no driver for a database"),
  UNKNOWN_CONNECTION(
      "AFP-JDBC-006",
      Category.CONFIGURATION,
      "A connection is not defined, or is that of a service"),
  ROWS_UNPLACED("AFP-JDBC-007", Category.DATA, "Rows of a source have no place in time"),
  SOURCE_MOVES("AFP-JDBC-008", Category.CONFIGURATION, "A source may change while it is read"),
  WATERMARK_FELL("AFP-JDBC-009", Category.DATA, "A source ends before its watermark"),

  SQL_SYNTAX("AFP-TRF-001", Category.CONFIGURATION, "The SQL of a model can not be parsed"),
  SQL_ANALYSIS("AFP-TRF-002", Category.CONFIGURATION, "The SQL of a model does not fit its inputs"),
  MODEL_OUTPUT(
      "AFP-TRF-003", Category.CONFIGURATION, "A model gives other columns than it declares"),
  MODEL_FAILED("AFP-TRF-004", Category.DATA, "A model failed on its data"),
  MODEL_CLASS("AFP-TRF-005", Category.CONFIGURATION, "The class of a model can not be used"),
  MODEL_READS("AFP-TRF-006", Category.CONFIGURATION, "A model reads a table that it does not name"),
  MODEL_UNSTEADY(
      "AFP-TRF-007", Category.CONFIGURATION, "A query gives other rows each time it is run"),

  GATE_FAILED("AFP-QUA-001", Category.DATA, "A check failed"),
  CHECK_BROKEN("AFP-QUA-002", Category.CONFIGURATION, "A check can not be evaluated"),

  SERVING_UNREACHABLE("AFP-SRV-001", Category.UNAVAILABLE, "The serving database does not answer"),
  SERVING_FAILED("AFP-SRV-002", Category.UNAVAILABLE, "A table could not be served"),
  SERVING_BLOCKED(
      "AFP-SRV-003", Category.CONFIGURATION, "Something in the serving database is in the way"),
  VALUE_NOT_SERVABLE("AFP-SRV-004", Category.DATA, "A value can not be stored in Postgres"),
  SERVING_DENIED("AFP-SRV-005", Category.PERMISSION, "The serving database refuses the account"),
  SERVED_IS_OLD("AFP-SRV-006", Category.UNAVAILABLE, "A served table shows other rows than main"),

  DAG_NOT_CURRENT("AFP-AIR-001", Category.CONFIGURATION, "A DAG is not what its pipeline gives"),
  DAG_FOREIGN("AFP-AIR-002", Category.CONFIGURATION, "A file in the way is not of AFP"),
  DAG_IMPOSSIBLE("AFP-AIR-003", Category.CONFIGURATION, "Airflow can not do what is asked for"),

  PROCESS_MISSING("AFP-AGE-001", Category.CONFIGURATION, "The project has no process"),
  UNKNOWN_TASK("AFP-AGE-002", Category.USAGE, "There is no such task, module or phase"),
  TASK_EXISTS("AFP-AGE-003", Category.USAGE, "The task is there already"),
  NOT_STARTED("AFP-AGE-004", Category.USAGE, "The task was not started"),
  PERSON_NEEDED("AFP-AGE-005", Category.PERMISSION, "Only a person may do this"),
  UNCOMMITTED("AFP-AGE-006", Category.PERMISSION, "Files that would be changed are not committed"),
  AGENT_MISSING("AFP-AGE-007", Category.UNAVAILABLE, "The agent can not be started");

  private final String code;
  private final Category category;
  private final String title;

  ErrorCode(String code, Category category, String title) {
    this.code = code;
    this.category = category;
    this.title = title;
  }

  /** The code that people see, such as {@code AFP-DEF-002}. */
  public String code() {
    return code;
  }

  /** Who has to act, and with it the exit code. */
  public Category category() {
    return category;
  }

  /** What this code means, in one sentence without values. */
  public String title() {
    return title;
  }
}
