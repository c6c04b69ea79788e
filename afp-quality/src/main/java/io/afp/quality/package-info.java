/**
 * Checks: measured by Deequ in the pass that writes, judged by Deequ on what was measured; only
 * keys and references scan.
 */
package io.afp.quality;
