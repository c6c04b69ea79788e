/**
 * Where a project runs: {@code afp.yaml}, its environments, and references to secrets. Logs no
 * secret.
 */
package io.afp.core.settings;
