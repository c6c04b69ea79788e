package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Module;
import picocli.CommandLine.Parameters;

/** Which module. */
final class ModuleOption {

  @Parameters(index = "0", paramLabel = "MODULE", description = "The name of the module.")
  String name;

  Module of(ProcessModel model) {
    return model.module(name);
  }
}
