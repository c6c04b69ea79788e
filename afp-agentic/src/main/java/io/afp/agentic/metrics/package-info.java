/** The measures of success that the process names, computed from what is there. */
package io.afp.agentic.metrics;
