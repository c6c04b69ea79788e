/** The run store in Postgres: what ran, on what, with what result. Knows no Spark. */
package io.afp.core.ledger;
