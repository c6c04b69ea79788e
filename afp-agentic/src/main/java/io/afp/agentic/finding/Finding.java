package io.afp.agentic.finding;

import io.afp.core.error.Problem.Severity;

/**
 * One thing that is wrong with an artefact, with all that is needed to mend it.
 *
 * @param code the stable code
 * @param message {@code Cannot <do> <what>: <why> (<key>=<value>)}, never with a secret in it
 * @param path the file, from the root of the project, with slashes
 * @param line the line, from 1; 0 where the whole file is meant
 * @param fix what to do, as an imperative sentence
 */
public record Finding(Code code, String message, String path, int line, String fix) {

  /** Whether a command that finds this fails. */
  public boolean isError() {
    return code.severity() == Severity.ERROR;
  }

  /** {@code path:line}, as far as known. */
  public String place() {
    return line > 0 ? path + ":" + line : path;
  }
}
