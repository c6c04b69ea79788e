package breach.layersdonotknowdrivers.pipeline;

/** What a layer must not see. */
public final class Pipeline {}
