/** The files with which the process of a project begins, and how they are kept in step with AFP. */
package io.afp.agentic.scaffold;
