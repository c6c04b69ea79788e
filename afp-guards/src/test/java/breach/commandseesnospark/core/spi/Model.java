package breach.commandseesnospark.core.spi;

/** What the command must not see. */
public final class Model {}
