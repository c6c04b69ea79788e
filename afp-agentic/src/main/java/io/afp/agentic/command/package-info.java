/** Commands that are run within limits. */
package io.afp.agentic.command;
