package io.afp.cli;

import picocli.CommandLine;

/** Options may stand before the words of the command too: {@code afp --json runs show ID}. */
final class OuterOptions implements CommandLine.IExecutionStrategy {

  @Override
  public int execute(CommandLine.ParseResult parsed) {
    CommonOptions outer = null;
    for (CommandLine called : parsed.asCommandLineList()) {
      CommonOptions own = (CommonOptions) called.getMixins().get("options");
      if (own != null) {
        own.inherit(outer == null ? own : outer);
        outer = own;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }
}
