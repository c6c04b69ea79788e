package breach.commandseesnospark.core.lake;

/** What the command must not see. */
public final class LakeSession {}
