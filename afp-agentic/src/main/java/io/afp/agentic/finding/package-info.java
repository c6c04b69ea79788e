/** What is wrong with the artefacts of the process: codes, and findings that carry them. */
package io.afp.agentic.finding;
