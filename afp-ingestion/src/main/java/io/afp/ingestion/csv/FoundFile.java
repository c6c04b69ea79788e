package io.afp.ingestion.csv;

import java.io.Serializable;

/**
 * A file that is there.
 *
 * @param address as rows name it
 * @param size in bytes
 */
public record FoundFile(String address, long size) implements Serializable {}
