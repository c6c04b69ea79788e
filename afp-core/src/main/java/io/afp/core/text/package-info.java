/** How text for people is laid out. */
package io.afp.core.text;
