/** Tells the life of runs as metrics, by Micrometer. */
package io.afp.observe.metrics;
