/** Secrets in texts: where they are, and the same text without them. */
package io.afp.agentic.secret;
