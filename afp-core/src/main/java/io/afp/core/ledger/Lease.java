package io.afp.core.ledger;

import java.util.UUID;

/**
 * The right of a run to publish the tables of a pipeline.
 *
 * @param token larger than that of every earlier lease; publish checks it, so that a driver that
 *     lost its lease can't publish
 */
public record Lease(String pipeline, UUID runId, long token) {}
