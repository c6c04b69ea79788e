/**
 * What shows that work was done: journals of what commands answered, bound to the files they
 * judged.
 */
package io.afp.agentic.evidence;
