/**
 * The development process as files that are checked: what a team and its agents write, and what is
 * wrong with it. Knows no Spark, no model and no network.
 */
package io.afp.agentic;
