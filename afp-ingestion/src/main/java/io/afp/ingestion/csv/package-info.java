/** CSV as bytes: split into fields, and written as typed rows of Spark. */
package io.afp.ingestion.csv;
