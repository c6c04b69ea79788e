/**
 * What was measured in some rows, as states that add up: the state of two disjoint sets of rows
 * together is the sum of theirs, so that metrics of a table are made of those of its parts without
 * reading a row again. They know no Spark: the ledger keeps them as JSON.
 */
package io.afp.core.measure;
