/** The files of the process below the root of a project, read once. */
package io.afp.agentic.tree;
