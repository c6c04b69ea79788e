package breach.commandknowsnojob.transform;

/** What the command must not see. */
public final class Transform {}
