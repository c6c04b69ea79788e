/**
 * {@code context/system_context.yaml}: what is known of the system, and the limits of its process.
 */
package io.afp.agentic.context;
