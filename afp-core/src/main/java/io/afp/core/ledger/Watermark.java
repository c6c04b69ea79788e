package io.afp.core.ledger;

/**
 * How far a source is read.
 *
 * @param source which source and column it is of
 * @param value the greatest value that was read, as the source writes it
 * @param definitionHash the definition of the table for which it was read
 */
public record Watermark(String source, String value, String definitionHash) {}
