/**
 * Markdown with front matter as data: sections, items, tables, links and prose, each with its line.
 */
package io.afp.agentic.documents;
