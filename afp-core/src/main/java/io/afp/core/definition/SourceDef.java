package io.afp.core.definition;

/** Where the rows of a source table come from. */
public sealed interface SourceDef permits FileSourceDef, JdbcSourceDef, CustomSourceDef {

  /** What happens when it changes after it was loaded. */
  OnChange onChange();
}
