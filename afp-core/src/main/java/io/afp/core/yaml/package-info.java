/**
 * YAML read against a declaration: shapes say which keys and values a file may hold, and every
 * problem knows its file, line and YAML path. Shared by the reader of definitions and the reader of
 * settings; knows no table and no setting.
 */
package io.afp.core.yaml;
