package io.afp.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as the ledger knows it.
 *
 * @param request what was asked for, as text, such as {@code 2013-03}
 * @param state {@code running}, {@code published} (serving is not finished), {@code succeeded} or
 *     {@code failed}; for people also {@code killed}, see {@link RunHistory}
 * @param release the release that it published
 */
public record RunRecord(
    UUID id,
    String pipeline,
    Optional<String> runKey,
    String request,
    Optional<Instant> start,
    Optional<Instant> end,
    boolean restate,
    String state,
    Optional<Long> release) {

  /** One that has just begun, has no key, and asks for no interval. */
  public static RunRecord begun(UUID id, String pipeline, String request) {
    return new RunRecord(
        id,
        pipeline,
        Optional.empty(),
        request,
        Optional.empty(),
        Optional.empty(),
        false,
        "running",
        Optional.empty());
  }

  /** Whether the run has done everything. */
  public boolean hasSucceeded() {
    return state.equals("succeeded");
  }

  /** Whether the run has published and only serves. */
  public boolean isPublished() {
    return state.equals("published");
  }
}
