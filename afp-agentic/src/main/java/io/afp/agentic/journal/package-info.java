/** Files to which lines are only added, sealed so that an edit is seen; and who adds them. */
package io.afp.agentic.journal;
