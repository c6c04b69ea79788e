/**
 * What users declare: immutable records of the YAML files, and their reader. Knows neither Spark
 * nor JDBC, so that it answers in milliseconds.
 */
package io.afp.core.definition;
