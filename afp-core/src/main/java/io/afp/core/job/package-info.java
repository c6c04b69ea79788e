/**
 * The life of a run: parse, open, run, always close, exit code. Knows no layer; layers come in
 * through {@code spi}.
 */
package io.afp.core.job;
