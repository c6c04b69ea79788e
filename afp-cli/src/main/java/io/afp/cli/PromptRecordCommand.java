package io.afp.cli;

import io.afp.agentic.prompt.Prompt;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes down a prompt that somebody gave to an agent. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Writes down a prompt that was given to an agent by hand, after verifying the work.",
      "Its changes are those since a commit, as git counts them."
    })
final class PromptRecordCommand implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin PromptOptions made;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The words that were used; else those of `afp prompt build`.")
  Path file;

  @Option(
      names = "--since",
      paramLabel = "COMMIT",
      defaultValue = "HEAD",
      description = "From when changes count (default: ${DEFAULT-VALUE}).")
  String since;

  @Option(names = "--model", paramLabel = "MODEL", description = "The model that answers.")
  String model;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return new PromptEnd("prompt record", options)
        .of(
            task,
            made,
            (work, prompt, findings) ->
                work.record(
                    used(prompt), made.refinement(), model == null ? "" : model, since, findings));
  }

  private Prompt used(Prompt built) {
    try {
      return file == null ? built : built.inWords(Files.readString(file));
    } catch (IOException e) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot read the prompt: %s (file=%s)".formatted(e.getClass().getSimpleName(), file),
          "Name a text file with the words that were used.",
          e);
    }
  }
}
