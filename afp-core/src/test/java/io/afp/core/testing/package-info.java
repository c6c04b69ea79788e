/** What tests of all modules share: it leaves the module in its test jar. */
package io.afp.core.testing;
