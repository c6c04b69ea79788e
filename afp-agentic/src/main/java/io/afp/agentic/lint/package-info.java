/** All that is found wrong with the artefacts of a project, and the forms in which it is told. */
package io.afp.agentic.lint;
