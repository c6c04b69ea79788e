/** What the layers and users plug into a run, found by {@code ServiceLoader}. */
package io.afp.core.spi;
