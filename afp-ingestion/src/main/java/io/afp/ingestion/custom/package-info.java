/** Classes of users as sources. */
package io.afp.ingestion.custom;
