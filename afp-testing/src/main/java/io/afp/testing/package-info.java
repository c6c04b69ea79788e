/** What the tests of a project with pipelines need. */
package io.afp.testing;
