package breach.coreknowsnolayer.ingestion;

/** What the core must not see. */
public final class Ingestion {}
