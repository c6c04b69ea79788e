/**
 * The two doors of the Java API: a pipeline that is declared in Java, and a job that is written in
 * Java.
 */
package io.afp.examples;
