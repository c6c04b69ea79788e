/**
 * Iceberg tables through Spark: the session on a branch, the write modes, and the files that may be
 * deleted. Everything here works on plain table names; which branch they mean is a property of the
 * session alone.
 */
package io.afp.core.lake;
