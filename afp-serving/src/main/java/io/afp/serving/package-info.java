/**
 * Tables to Postgres: by COPY into a copy beside the served one, which takes its place in one
 * transaction.
 */
package io.afp.serving;
