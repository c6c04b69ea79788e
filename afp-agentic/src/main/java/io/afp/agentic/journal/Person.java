package io.afp.agentic.journal;

/**
 * Somebody who answers for a judgement that no command can make.
 *
 * @param name of the person
 * @param means how it is known that it is one: {@code terminal} or {@code variable}
 */
public record Person(String name, String means) {}
