/**
 * What is generated from the declarations of the YAML files: the schemas for editors and the key
 * tables of {@code docs/language.md}. The tests compare; with {@code -Dafp.update=true} they write,
 * and fail.
 */
package io.afp.core.schema;
