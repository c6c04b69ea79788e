package io.afp.cli;

import io.afp.core.settings.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"afp " + Build.read().afp()};
  }
}
