package breach.commandseesnospark.core.job;

/** What the command must not see. */
public final class Run {}
