/** The gates between phases: what has to hold before a person may agree. */
package io.afp.agentic.gate;
