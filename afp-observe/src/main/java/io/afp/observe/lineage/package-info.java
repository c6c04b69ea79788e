/** Tells the life of runs as OpenLineage events. */
package io.afp.observe.lineage;
