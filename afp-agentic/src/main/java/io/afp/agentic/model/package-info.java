/** All that is known of the process of a project, read by one call. */
package io.afp.agentic.model;
