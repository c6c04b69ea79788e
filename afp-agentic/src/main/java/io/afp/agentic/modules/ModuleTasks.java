package io.afp.agentic.modules;

import java.util.List;

/** What modules have to know of their tasks. */
public interface ModuleTasks {

  /** How many tasks a module has. */
  long count(String module);

  /** The ids of those that are not closed. */
  List<String> open(String module);
}
