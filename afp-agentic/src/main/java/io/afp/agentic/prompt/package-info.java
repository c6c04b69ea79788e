/**
 * Prompts: their assembly from tasks, their run by an agent, and the records of what came of it.
 */
package io.afp.agentic.prompt;
