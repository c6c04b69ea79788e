/** Table files from data that nobody has declared yet. */
package io.afp.ingestion.infer;
