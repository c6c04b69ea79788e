/** {@code design/module_structure.yaml}: the modules of a solution, their graph and their state. */
package io.afp.agentic.modules;
