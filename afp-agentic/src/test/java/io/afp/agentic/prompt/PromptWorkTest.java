package io.afp.agentic.prompt;

import static io.afp.agentic.testing.CorpusProject.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.prompt.PromptWork.Recorded;
import io.afp.agentic.testing.CorpusProject;
import io.afp.agentic.testing.GitFolder;
import io.afp.agentic.tree.Git;
import io.afp.core.error.AfpException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an agent does or says, the record has what git counts and what evidence shows. */
class PromptWorkTest {

  private static final String DELIVERABLE = "orders/src/main/java/LandOrders.java";
  private static final String WORKS =
      "mkdir -p orders/src/main/java; echo 'class LandOrders { void land() {} }' > " + DELIVERABLE;
  private static final String ANSWER =
      "echo '{\"type\":\"result\",\"is_error\":false,\"result\":\"Landed. password=hunter2hunter2\","
          + "\"session_id\":\"s-1\",\"total_cost_usd\":0.5,\"num_turns\":3,\"what_is_this\":[],"
          + "\"usage\":{\"input_tokens\":10,\"output_tokens\":20},\"modelUsage\":{\"claude-x\":{}}}'";

  private static final Outcome NOTHING = new Outcome(Status.FAILED, List.of(), "");

  @TempDir Path folder;
  private CorpusProject project;
  private final Findings findings = new Findings();

  @BeforeEach
  void aProjectUnderGitWithAStartedTask() {
    project = CorpusProject.started(folder);
    GitFolder.of(folder).commit();
    project.start();
  }

  @Test
  void workThatIsProvenIsASuccessWithTheNumbersOfGit() {
    Recorded recorded = run("cat > /dev/null; " + WORKS + "; " + ANSWER);

    assertThat(findings.all()).isEmpty();
    assertThat(recorded.outcome().status()).isEqualTo(Status.SUCCESS);
    assertThat(recorded.path()).endsWith("executed_prompts/orders/2026-11-30_land_orders_v1.md");
    assertThat(project.text(recorded.path()))
        .contains(
            "- Timestamp: 2026-11-30 18:00:00\n",
            "- Claude Model: claude-x\n",
            "- Task Reference: tasks/orders/land_orders.md\n",
            "- Generated: " + DELIVERABLE + " (1 lines)\n- Status: SUCCESS\n",
            "usage: { session: \"s-1\", usd: 0.5000, turns: 3, input_tokens: 10",
            "TASK: Land the orders")
        .doesNotContain("hunter2");
    assertThat(project.lint()).isEmpty();
  }

  @Test
  void theAgentGetsThePromptAndASecondOneIsTheNextVersion() {
    run("cat > prompt.txt; " + ANSWER);

    assertThat(project.text("prompt.txt")).startsWith("TASK: ").contains("DELIVERABLES:");
    assertThat(run(WORKS).path()).endsWith("_v2.md");
    assertThat(PromptLog.read(folder).all())
        .extracting(PromptLog.Sealed::version)
        .containsExactly(1, 2);
  }

  @Test
  void whatAnAgentOnlySaysIsAFailure() {
    assertThat(run(ANSWER).outcome().status()).isEqualTo(Status.FAILED);
    assertThat(codes(findings.all())).containsExactly(Code.TSK005);
    assertThat(codes(project.lint())).containsExactly(Code.PRM008);
  }

  @Test
  void anAnswerThatIsNoJsonIsSaid() {
    assertThat(run(WORKS + "; echo Done.").outcome().status()).isEqualTo(Status.PARTIAL);
    assertNoted("the answer of the agent is no JSON object");
  }

  @Test
  void anAgentThatHangsIsEnded() {
    assertThat(run("sleep 600", Duration.ofSeconds(1)).outcome().status()).isEqualTo(Status.FAILED);
    assertNoted("the agent took longer than PT1S");
  }

  @Test
  void anAgentThatGaveUpOverItsBudgetIsSaid() {
    run(
        ANSWER.replace(
            "\"is_error\":false", "\"is_error\":true,\"subtype\":\"error_max_budget_usd\""));
    assertNoted("the agent gave up (reason=error_max_budget_usd)");
  }

  @Test
  void anAgentThatCostMoreThanItMayIsNoSuccess() {
    Recorded recorded = run(WORKS + "; " + ANSWER.replace("0.5", "7.5"));

    assertThat(recorded.outcome().status()).isEqualTo(Status.PARTIAL);
    assertNoted("the agent cost more than it may (usd=7.5, budget=1.0)");
  }

  @Test
  void aFileThatTheTaskDoesNotDeliverIsFoundNowAndLater() {
    run(WORKS + "; echo more > orders/Other.java; " + ANSWER);

    assertThat(codes(findings.all())).containsExactly(Code.TSK007);
    assertThat(codes(project.lint())).containsExactly(Code.TSK007);
  }

  @Test
  void anAgentThatPrintsWithoutEndIsEnded() {
    run("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
    assertNoted("the agent printed more than 16777216 bytes");
  }

  @Test
  void anExitCodeIsAFailureAlsoWhereTheWorkIsThere() {
    assertThat(run(WORKS + "; " + ANSWER + "; exit 3").outcome().status())
        .isEqualTo(Status.PARTIAL);
    assertNoted("the agent failed (exit=3)");
  }

  @Test
  void anAgentThatMakesItsTaskEasierIsFound() {
    run(
        WORKS
            + "; sed -i 's/SC-1 Rows that/SC-1 Some rows that/' agent-prompts/tasks/orders/land_orders.md; "
            + ANSWER);

    assertThat(codes(findings.all())).contains(Code.TSK014, Code.TSK007);
    assertThat(PromptLog.read(folder).all().get(0).status()).isEqualTo("PARTIAL");
  }

  @Test
  void aRecordThatIsEditedIsFound() {
    Recorded recorded = run(WORKS + "; " + ANSWER);
    project.replace(recorded.path(), "(1 lines)", "(450 lines)");

    assertThat(codes(project.lint())).containsExactly(Code.PRM002);
  }

  @Test
  void noRecordReplacesAnother() {
    String byHand = PromptLog.path("orders/2026-11-30_land_v2");
    project.write(byHand, "By hand");
    PromptLog one = PromptLog.read(folder);
    PromptLog meanwhile = PromptLog.read(folder);

    assertThat(
            List.of(
                one.add(asked("orders/land"), NOTHING),
                one.add(asked("customers/land"), NOTHING),
                meanwhile.add(asked("orders/land"), NOTHING),
                one.add(asked("orders/land"), NOTHING)))
        .containsExactly(
            PromptLog.path("orders/2026-11-30_land_v1"),
            PromptLog.path("customers/2026-11-30_land_v1"),
            PromptLog.path("orders/2026-11-30_land_v3"),
            PromptLog.path("orders/2026-11-30_land_v4"));
    assertThat(PromptLog.read(folder).all())
        .extracting(PromptLog.Sealed::version)
        .containsExactly(1, 1, 3, 4);
    assertThat(project.text(byHand)).isEqualTo("By hand");
    assertThat(codes(project.lint())).doesNotContain(Code.PRM002);
  }

  @Test
  void noRecordFollowsThoseThatWereEdited() {
    PromptLog log = PromptLog.read(folder);
    log.add(asked("orders/land"), NOTHING);
    project.replace(PromptLog.PATH, "FAILED", "SUCCESS");

    assertThatThrownBy(() -> log.add(asked("orders/land"), NOTHING))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("not as they were written (file=.afp/prompts.jsonl, line=1)");
    assertThat(folder.resolve(PromptLog.path("orders/2026-11-30_land_v2"))).doesNotExist();
  }

  @Test
  void aSecretThatIsLongerThanANoteIsLeftOut() {
    String key = "-----BEGIN PRIVATE KEY----- " + "MIIE".repeat(200);
    Recorded recorded = run(WORKS + "; " + ANSWER.replace("Landed. password=hunter2hunter2", key));

    assertThat(recorded.outcome().notes()).isEqualTo("***");
  }

  @Test
  void anAgentMakesNoHeadingByTheNameOfItsModel() {
    Recorded recorded = run(WORKS + "; " + ANSWER.replace("claude-x", "claude-x\\u000a## OUTCOME"));

    assertThat(project.text(recorded.path())).contains("- Claude Model: claude-xOUTCOME\n");
  }

  @Test
  void aRunWhoseChangesGitCanNotCountIsRecordedAsFailed() {
    Recorded recorded = run(WORKS + "; git init -q nested; " + ANSWER);

    assertThat(recorded.outcome().status()).isEqualTo(Status.FAILED);
    assertThat(recorded.outcome().changes()).isEmpty();
    assertNoted("git can not count what was changed");
  }

  @Test
  void whatAfpKeepsOnThisMachineIsNoChangeWhetherGitIgnoresItOrNot() {
    String database = "mkdir -p .afp/lake; date +%N > .afp/lake/rows; ";
    assertThat(run(database + WORKS + "; " + ANSWER).outcome().status()).isEqualTo(Status.SUCCESS);
    assertThat(findings.all()).isEmpty();

    project.write(".gitignore", ".afp/*\n!.afp/evidence/\n");
    String edits = "echo more >> .afp/evidence/orders/land_orders.jsonl; ";
    assertThat(run(database + edits + ANSWER).outcome().changes())
        .extracting(Git.Change::path)
        .containsExactly(".afp/evidence/orders/land_orders.jsonl");
  }

  @Test
  void workByHandIsCountedSinceACommit() {
    project.work();

    Recorded recorded = work().record(prompt(), Optional.empty(), "a model", "HEAD", findings);

    assertThat(recorded.outcome().status()).isEqualTo(Status.SUCCESS);
    assertThat(project.text(recorded.path())).contains("- Claude Model: a model", DELIVERABLE);
  }

  @Test
  void anAgentThatIsNotThereIsNoRun() {
    AgentCall call = new AgentCall(List.of("./nothing"), true, "", 0, Duration.ofSeconds(1));

    assertThatThrownBy(() -> work().run(prompt(), Optional.empty(), call, findings))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("its command can not be started");
    assertThat(PromptLog.read(folder).all()).isEmpty();
  }

  private static Run asked(String task) {
    Instant now = CorpusProject.CLOCK.instant();
    Prompt prompt = new Prompt(task, "Do it.", List.of());
    return new Run(
        prompt, "Ada", "by hand", "", Optional.empty(), now, now, Optional.empty(), "a", "b");
  }

  private void assertNoted(String why) {
    assertThat(codes(findings.all())).contains(Code.PRM008);
    String id = PromptLog.read(folder).all().get(0).id();
    assertThat(project.text(PromptLog.path(id))).contains("- Notes: `%s".formatted(why));
  }

  private Recorded run(String script) {
    return run(script, Duration.ofSeconds(30));
  }

  private Recorded run(String script, Duration timeLimit) {
    project.write(".git/agent", "#!/bin/sh\n" + script + "\n");
    folder.resolve(".git/agent").toFile().setExecutable(true);
    AgentCall call = new AgentCall(List.of("./.git/agent", "-p"), true, "", 1.0, timeLimit);
    return work().run(prompt(), Optional.empty(), call, findings);
  }

  private PromptWork work() {
    return new PromptWork(folder, project.task(), CorpusProject.CLOCK);
  }

  private Prompt prompt() {
    return new PromptBuilder(project.model().tree(), PromptBuilder.DEFAULT_BYTES)
        .build(project.task(), Optional.empty());
  }
}
