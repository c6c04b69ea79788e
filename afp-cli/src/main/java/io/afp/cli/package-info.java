/**
 * The command people and agents use. No Spark on its class path: drivers are processes of their
 * own.
 */
package io.afp.cli;
