package breach.layersdonotknoweachother.quality;

/** What another layer must not see. */
public final class Quality {}
