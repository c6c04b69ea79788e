package io.afp.core.lake;

/**
 * One commit to a table.
 *
 * @param rows the rows that it added
 * @param bytes the size of the files that it added
 * @param files the data files that it added
 * @param snapshotId the snapshot that it made
 */
public record Written(long rows, long bytes, long files, long snapshotId) {}
