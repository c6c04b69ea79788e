package io.afp.agentic.documents;

/**
 * A piece of a document at its line: words outside of code, or where a link leads to.
 *
 * @param line from 1
 */
public record Piece(int line, String text) {}
