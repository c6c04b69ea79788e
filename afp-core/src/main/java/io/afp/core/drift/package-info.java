/** How the columns of a source change, and what that means for the table that it fills. */
package io.afp.core.drift;
