/** What can go wrong: codes, categories, exit codes, and the problems that a user sees. */
package io.afp.core.error;
