/** {@code lifecycle.yaml}: the phases of the process, and what each of them has to leave. */
package io.afp.agentic.lifecycle;
