/**
 * Building blocks for models in Java: what Spark SQL does not do in a line. They are pieces of a
 * query plan, without functions of their own, so Spark optimises through them.
 */
package io.afp.transform.blocks;
