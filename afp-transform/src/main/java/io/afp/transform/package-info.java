/** Models to tables: queries with bound intervals, ordered by the tables that they read. */
package io.afp.transform;
