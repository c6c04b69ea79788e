package io.afp.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What the launcher needs of a clone that is built already, in a folder whose name is not plain.
 */
record FreshClone(Path root) {

  /** A clone without a build; put a program {@code mvnw} into it. */
  static FreshClone in(Path folder) throws IOException {
    return at(folder.resolve("a clone of afp"));
  }

  /** The same with a plain name: of other folders Java archives few classes. */
  static FreshClone plain(Path folder) throws IOException {
    return at(folder.resolve("afp"));
  }

  private static FreshClone at(Path folder) throws IOException {
    FreshClone clone = new FreshClone(Files.createDirectories(folder));
    Path root = clone.root;
    Files.copy(Reactor.root().resolve("afp"), root.resolve("afp"));
    Files.createDirectories(root.resolve("deploy/spark"));
    Files.createDirectories(root.resolve("afp-cli/src/main"));
    Files.createDirectories(root.resolve("afp-cli/target"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("afp-cli/pom.xml"), "");
    Path built = Reactor.jar("afp-cli", ".jar");
    Files.copy(built, root.resolve("afp-cli/target").resolve(built.getFileName()));
    Files.copy(
        Reactor.target("afp-cli").resolve("cli.classpath"),
        root.resolve("afp-cli/target/cli.classpath"));
    return clone;
  }

  /** A clone in which everything is built, so that the launcher builds nothing. */
  static FreshClone built(Path folder) throws IOException {
    FreshClone clone = in(folder);
    clone.program("mvnw", "#!/bin/sh\n");
    clone.link("afp-pipeline");
    return clone;
  }

  /** Links what the build has made of a module. */
  void link(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    Files.createDirectories(target.getParent());
    Files.createSymbolicLink(target, Reactor.target(module));
  }

  /** The launcher. */
  Path afp() {
    return root.resolve("afp");
  }

  void program(String name, String text) throws IOException {
    Path file = Files.writeString(root.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
