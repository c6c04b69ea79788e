package io.afp.core.ledger;

import java.time.Instant;

/**
 * What a file system says of a file without reading it.
 *
 * @param size in bytes
 * @param modified when it was last written
 */
public record FileStamp(long size, Instant modified) {}
