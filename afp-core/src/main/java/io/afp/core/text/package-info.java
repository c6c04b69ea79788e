/** How text for people is laid out, texts in jars, and the checksums of text and files. */
package io.afp.core.text;
