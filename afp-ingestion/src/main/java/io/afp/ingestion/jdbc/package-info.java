/** Tables and queries of databases as sources. */
package io.afp.ingestion.jdbc;
