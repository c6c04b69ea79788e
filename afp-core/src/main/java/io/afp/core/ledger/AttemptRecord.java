package io.afp.core.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * One try of a run.
 *
 * @param number from 1
 * @param branch the branch that only this attempt writes
 */
public record AttemptRecord(UUID runId, int number, String branch, Instant startedAt) {}
