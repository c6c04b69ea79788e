/** What the build of the distribution does beside copying files. */
package io.afp.dist;
