package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.catalog.Branches;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.ledger.LeaseKeeper;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops a branch that is not published, with the files that only it reaches. */
@Command(name = "drop-branch")
final class BranchDrop extends LakeTask {

  @Option(names = "--branch", required = true)
  String branch;

  @Override
  String name() {
    return "drop-branch";
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    Branches branches = new Branches(tools.database());
    Branches.Left left =
        branches.left().stream()
            .filter(b -> b.name().equals(branch))
            .findFirst()
            .orElseThrow(() -> unknown(branches));
    requireIdle(tools, left);
    branches.fence(branch);
    Discard gone = Discard.of(branches, branch, tools.spark());
    return JSON.createObjectNode()
        .put("branch", branch)
        .put("tables", gone.tables())
        .put("files", gone.files());
  }

  private AfpException unknown(Branches branches) {
    return new AfpException(
        ErrorCode.UNKNOWN_BRANCH,
        "Cannot drop branch %s: it is not there (state=%s)"
            .formatted(branch, branches.state(branch).orElse("unknown")),
        "Ask `afp branch list` for the names.");
  }

  private void requireIdle(Tools tools, Branches.Left left) {
    Optional<UUID> working =
        left.pipeline().flatMap(pipeline -> LeaseKeeper.holder(tools.database(), pipeline));
    if (working.isPresent() && working.equals(left.run())) {
      throw new AfpException(
          ErrorCode.LEASE_HELD,
          "Cannot drop branch %s: its run is at work (run=%s)".formatted(branch, working.get()),
          "Wait until it has ended, or end it.");
    }
  }
}
