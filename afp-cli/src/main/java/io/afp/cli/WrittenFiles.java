package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of the files of a project that were to be written.
 *
 * @param root of the project
 * @param missing those of the files that were not there
 * @param dryRun whether nothing was written
 */
record WrittenFiles(Path root, List<NewFile> files, List<NewFile> missing, boolean dryRun) {

  /** A line for each file, and what comes next. */
  String text(String next) {
    if (missing.isEmpty()) {
      return "Nothing to do: every file is there (folder=%s)".formatted(root);
    }
    TextTable table = new TextTable("file", "state");
    files.forEach(file -> table.row(name(file), state(file)));
    return table + "\n\n" + (dryRun ? "Nothing was changed: this was a dry run" : next);
  }

  ObjectNode json() {
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("folder", root.toString()).put("dry_run", dryRun);
    ArrayNode list = data.putArray("files");
    files.forEach(file -> list.addObject().put("path", name(file)).put("state", state(file)));
    return data;
  }

  private String name(NewFile file) {
    return root.relativize(file.path()).toString();
  }

  private String state(NewFile file) {
    if (!missing.contains(file)) {
      return "kept";
    }
    return dryRun ? "missing" : "written";
  }
}
