/** Connections to the databases of the settings, by any driver. */
package io.afp.core.jdbc;
