/** How text for people is laid out, and the checksums of text and files. */
package io.afp.core.text;
