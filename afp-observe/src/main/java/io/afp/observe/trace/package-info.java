/** Tells the life of runs as traces, by OpenTelemetry. */
package io.afp.observe.trace;
