/**
 * The files of {@code progress/}: computed from tasks and evidence, but for what people write in
 * them.
 */
package io.afp.agentic.progress;
