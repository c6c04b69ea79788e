package io.afp.agentic.lint;

import io.afp.agentic.finding.Code;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page {@code docs/lint.md}, from what the codes say about themselves. */
final class LintPage {

  private static final Map<String, String> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("DOC", "Documents");
    AREAS.put("ADR", "Decisions");
    AREAS.put("REQ", "Requirements");
    AREAS.put("CTX", "Context");
    AREAS.put("MOD", "Modules");
    AREAS.put("CHG", "Changelog");
    AREAS.put("TSK", "Tasks");
    AREAS.put("PRM", "Prompts");
    AREAS.put("PHA", "Phases");
    AREAS.put("SEC", "Security");
  }

  private LintPage() {}

  static String text() {
    return """
        # Lint

        Generated from the codes themselves; `LintPageTest` says how to bring it up to date.

        `afp lint` reads the folder `agent-prompts` of a project and says what is wrong with it. It runs nothing, writes nothing, and needs
        neither Postgres nor Spark nor a network. An error makes it end with 65, a warning does not.

        `afp lint PATH...` tells only what is in these files and folders, `--only TSK,DOC004` only these codes. `--staged` tells what is in
        the files of the next commit (as they are in the working tree), and of all files what a change of another one may have caused: links,
        requirements, modules, tasks, approvals. `--format sarif` is for code hosts. `--baseline FILE` leaves out what a file has that
        `afp lint --json` printed before, so that an old project can begin with what is new; work that is claimed and was not done, or that
        nobody asked for, and what was edited after a command wrote it are told all the same:
        %s.

        Evidence and approvals are compared with what the last commit has of them, and by `--against origin/main` with another one: they
        may only have grown. Let a build do that, because who can commit can rewrite the last commit too.

        A code never changes its meaning. Each has a project in `afp-agentic/src/test/corpus` with one thing wrong, which that code finds and
        no other; the same project without it has no finding.

        %s"""
        .formatted(
            Baseline.ALWAYS.stream().map(Code::name).collect(Collectors.joining(", ")),
            AREAS.keySet().stream().map(LintPage::section).collect(Collectors.joining("\n")));
  }

  private static String section(String area) {
    String rows =
        Arrays.stream(Code.values())
            .filter(code -> code.area().equals(area))
            .map(LintPage::row)
            .collect(Collectors.joining("\n"));
    return "## %s\n\n| code | | what | why it matters | fix |\n|---|---|---|---|---|\n%s\n"
        .formatted(AREAS.get(area), rows);
  }

  private static String row(Code code) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            code.name(),
            code.severity().name().toLowerCase(Locale.ROOT),
            code.title(),
            code.why(),
            code.fix().replace("|", "\\|"));
  }
}
