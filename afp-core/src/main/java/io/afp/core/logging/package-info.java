/** One correlation id and one JSON format for every log line of a run. Binds no logging backend. */
package io.afp.core.logging;
