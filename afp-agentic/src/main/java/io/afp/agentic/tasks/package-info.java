/** {@code tasks/<module>/<feature>.md}: what is to be done, and by which commands it is judged. */
package io.afp.agentic.tasks;
