package io.afp.agentic.finding;

import io.afp.core.error.Problem.Severity;
import java.util.EnumSet;
import java.util.Set;

/**
 * The stable code of everything that is found wrong with an artefact. A code is never given a
 * second meaning; {@code docs/lint.md} is made of this list.
 */
public enum Code {
  DOC001(
      Severity.ERROR,
      "A document is missing",
      "A later phase has begun, and builds on what is not written down",
      "Write the document, with the sections that `lifecycle.yaml` names."),
  DOC002(
      Severity.ERROR,
      "Front matter can not be used",
      "Tools find documents by it, and a reader sees by it how old one is",
      "Begin the document with title, purpose, updated and version between two lines `---`."),
  DOC003(
      Severity.ERROR,
      "A section is missing or empty",
      "Who reads the document looks for it there, and finds nothing",
      "Add the section with something in it, or say in it why there is nothing to say."),
  DOC004(
      Severity.ERROR,
      "A placeholder is left",
      "It looks like an answer, and agents take it for one",
      "Write what belongs there, or put it between backquotes where it is code."),
  DOC005(
      Severity.ERROR,
      "A link leads nowhere",
      "The reader, or the agent, works without what it points to",
      "Correct the path, or write the file."),
  DOC007(
      Severity.WARNING,
      "A word promises without a number",
      "Nobody can test `fast`, so everybody believes what they like",
      "Say how much, in a number and a unit."),
  DOC009(
      Severity.ERROR,
      "A part that a command writes was edited by hand",
      "The command leaves it alone from then on, and it drifts from what it describes",
      "Move the edit out of the marks, empty what is between them without the checksum, and run `afp sync`."),
  DOC010(
      Severity.WARNING,
      "The file for agents is too long",
      "Agents read it each time; what is long is followed less",
      "Keep commands, rules and pitfalls; move the rest into documents that it names."),
  DOC011(
      Severity.ERROR,
      "A file can not be read",
      "What can't be read is not checked",
      "Save it as UTF-8 in the project, as a file of its own and not as a link that leads out."),
  DOC012(
      Severity.WARNING,
      "A file has an older place",
      "Two places for one thing drift apart",
      "Move it to the place that is named."),
  DOC013(
      Severity.ERROR,
      "A skill can not be used",
      "Agents pass over it without a word",
      "Name it after its folder, in lower case with hyphens, and describe it in at most 1,024 characters."),
  ADR001(
      Severity.ERROR,
      "A decision is not complete",
      "Nobody can tell what else was possible, and whether it still holds",
      "Give it an id of its own, and the items Decision, Reason, Alternatives and Impact."),
  REQ001(
      Severity.ERROR,
      "An id is there twice",
      "A task that names it means one of the two, and nobody knows which",
      "Give one of the two an id of its own."),
  REQ002(
      Severity.ERROR,
      "A requirement has no measure",
      "It can't be shown to be met",
      "Add a criterion with a number, or something that is seen or not."),
  REQ003(
      Severity.WARNING,
      "No task is for a requirement",
      "It was agreed on, and nobody works on it",
      "Name it in the requirements of a task, or take it back."),
  REQ004(
      Severity.ERROR,
      "A requirement is not known",
      "The work is for something that nobody asked for, or the id is mistyped",
      "Correct the id, or write the requirement."),
  REQ005(
      Severity.ERROR,
      "An SLA is not complete",
      "Without metric, threshold and owner nobody can tell whether it is kept, and whom it hurts",
      "Add the columns Metric, Threshold and Owner with values."),
  REQ006(
      Severity.ERROR,
      "The owner of an SLA is no stakeholder",
      "Nobody can be asked when it is broken",
      "Add the owner to stakeholders in `context/system_context.yaml`, or correct the name."),
  CTX001(
      Severity.ERROR,
      "The context can not be read",
      "Everything is rendered and judged by it",
      "Mend it as the message says; `context/system_context.yaml` has one shape."),
  CTX002(
      Severity.ERROR,
      "A version differs from the build",
      "Agents write code for the wrong version",
      "Write the version of `pom.xml` into `tech_stack`, or the other way round."),
  CTX004(
      Severity.ERROR,
      "A technology guide is for another version",
      "Its pitfalls are those of another version",
      "Write the guide for the version of `tech_stack`, and name the file after it."),
  MOD001(
      Severity.ERROR,
      "The modules can not be read",
      "Tasks, plan and status follow from them",
      "Mend it as the message says; `design/module_structure.yaml` has one shape."),
  MOD002(
      Severity.ERROR,
      "Modules need each other in a circle",
      "None of them can be built or tested first",
      "Move what both need into a module of a lower layer."),
  MOD003(
      Severity.ERROR,
      "A module needs one of a higher layer",
      "The layers are the order in which data flows and modules are built",
      "Turn the arrow round, or move what is needed to a lower layer."),
  MOD004(
      Severity.WARNING,
      "A module has an unusual size",
      "What is too large is not reviewed, what is too small is overhead",
      "Split it, or join it with another; `gates.module_lines` of the context sets the limits."),
  MOD005(
      Severity.WARNING,
      "A module needs many others",
      "It can't be developed by itself",
      "Give it fewer inputs, or raise `gates.fan_out` of the context with a reason."),
  MOD006(
      Severity.WARNING,
      "A module has no task or no test",
      "Its code came without an order, or can't be shown to work",
      "Run `afp task new`, or add a test beside its code."),
  MOD007(
      Severity.ERROR,
      "A closed module lacks a deliverable",
      "Others build on what is not there",
      "Write the file, or take it out of the deliverables."),
  MOD008(
      Severity.ERROR,
      "A module is not in the build",
      "Its tests never run",
      "Add it to the modules of `pom.xml`, or correct its path."),
  MOD009(
      Severity.ERROR,
      "A closed module has open tasks",
      "Others take it for done",
      "Close its tasks by `afp task close`, or take the module out of `progress/module_status.yaml`."),
  MOD010(
      Severity.ERROR,
      "A module has no rationale",
      "Nobody knows why it was cut so, and the next one cuts it anew",
      "Add a section with its name in the heading to `design/architecture_rationale.md`, and say why it is one."),
  CHG001(
      Severity.ERROR,
      "A closed module is not in the changelog",
      "What was learnt while it was made is lost",
      "Add a heading with its name to `meta/framework_changelog.md`, and below it what was added, updated and discovered."),
  TSK001(
      Severity.ERROR,
      "A task lacks a section or a title",
      "An agent fills gaps with guesses",
      "Write the sections in their order, each with something in it, and a title that begins with a verb."),
  TSK002(
      Severity.ERROR,
      "A deliverable is no file",
      "Whether it was delivered can't be told",
      "Name each file exactly, one an item, from the root of the project."),
  TSK003(
      Severity.ERROR,
      "A criterion can not be judged",
      "It will be ticked by feeling",
      "Give it a number of its own, a box, and `verify:` with a command or `manual:` with a person."),
  TSK004(
      Severity.ERROR,
      "A context file is missing",
      "The work begins without what it has to follow",
      "Correct the path, or write the file."),
  TSK005(
      Severity.ERROR,
      "A deliverable lacks work",
      "The task claims it, and the file is not there or as it was when the work began",
      "Do the work, or take the file out of the deliverables."),
  TSK006(
      Severity.ERROR,
      "A box is ticked without fresh evidence",
      "Nothing shows that it is true of the files as they are",
      "Run `afp task verify`, which ticks what is proven."),
  TSK007(
      Severity.WARNING,
      "A prompt changed a file that its task does not deliver",
      "Nobody asked for it, and no criterion judges it",
      "Take the change back, or give it a task that delivers the file."),
  TSK008(
      Severity.ERROR,
      "Evidence was edited",
      "It shows nothing any more",
      "Restore the file from git; where that is broken too, delete it in a commit of its own and start the task again."),
  TSK009(
      Severity.ERROR,
      "A test is gone",
      "What it tested is no longer shown, and the remaining tests pass",
      "Restore the test, or let a person begin anew by `afp task start --again`."),
  TSK010(
      Severity.ERROR,
      "A status is not what the evidence says",
      "Others rely on it",
      "Leave the status to `afp task`, which writes it."),
  TSK011(
      Severity.ERROR,
      "A command may not be run",
      "It could do anything on the machine of whoever verifies",
      "Use a command whose first word is in `verify.allow` of the context, without pipes and redirects."),
  TSK012(
      Severity.ERROR,
      "A path leads out of the project",
      "What lies there is not part of the work, and may be anything",
      "Name a file below the root of the project, with no link that leads out."),
  TSK013(
      Severity.ERROR,
      "The head of a task is wrong",
      "It is filed under what it is not",
      "Correct the key that the message names."),
  TSK014(
      Severity.ERROR,
      "What was promised has changed since the work began",
      "What is easier to meet is not what was agreed on",
      "Restore criteria and deliverables, or let a person begin anew by `afp task start --again`."),
  TSK015(
      Severity.ERROR,
      "A command proves nothing",
      "It succeeds whatever was done",
      "Run the tests that judge the criterion."),
  TSK016(
      Severity.ERROR,
      "The command of a criterion failed",
      "The criterion is not met",
      "Read the end of its output by `afp task show`, mend it, and verify again."),
  TSK017(
      Severity.WARNING,
      "A task has the older form",
      "It has no place for context, constraints and commands",
      "Run `afp task migrate`."),
  TSK018(
      Severity.ERROR,
      "A file of a closed task was changed by no task",
      "What was shown of it was shown of another text",
      "Deliver it by a task, or judge it anew by `afp task close`."),
  TSK019(
      Severity.ERROR,
      "A test was changed that no task delivers",
      "A test that is made easier passes",
      "Restore the test, name it in the deliverables of a task, or let a person begin anew by `afp task start --again`."),
  PHA001(
      Severity.ERROR,
      "A phase rests on one that is not approved",
      "It builds on what nobody has agreed to",
      "Let a person approve the phase before, by `afp phase approve`."),
  PHA002(
      Severity.ERROR,
      "What was approved has changed",
      "A person has agreed to something else",
      "Look at the change, then approve the phase again."),
  PHA003(
      Severity.ERROR,
      "Approvals were edited",
      "They show nothing any more",
      "Restore `.afp/approvals.jsonl` from git."),
  PRM001(
      Severity.ERROR,
      "A record of a prompt lacks a part",
      "It can't be told what was asked, with which context, or what came of it",
      "Let `afp prompt run` or `afp prompt record` write it."),
  PRM002(
      Severity.ERROR,
      "A record of a prompt was edited",
      "It no longer says what happened",
      "Restore it from git."),
  PRM004(
      Severity.ERROR,
      "A record claims a success that nothing shows",
      "Others repeat what has never worked",
      "Run `afp task verify`, and record the prompt again."),
  PRM005(
      Severity.ERROR,
      "The chain of records was edited",
      "Records can be left out or put in between",
      "Restore `.afp/prompts.jsonl` from git."),
  PRM006(
      Severity.WARNING,
      "A record of a prompt is not sealed",
      "Whoever edits it is not found",
      "Record it by `afp prompt record`."),
  PRM007(
      Severity.WARNING,
      "A prompt names no context",
      "The agent looked for it itself, and finds something else the next time",
      "Name context files in the task; `afp prompt build` lists them."),
  PRM008(
      Severity.WARNING,
      "The last prompt of a task has failed",
      "Nobody works on the task, and it looks as if somebody did",
      "Read the notes of the record, mend what they name, and run the prompt again."),
  SEC001(
      Severity.ERROR,
      "A secret is written down",
      "Everybody who can read the repository, and every agent, has it",
      "Take it out, change it where it is used, and refer to it as `${env:NAME}`."),
  SEC005(
      Severity.WARNING,
      "An agent may write evidence",
      "What shows the work can then be made instead of the work",
      "Add `Edit(.afp/**)` to `permissions.deny` of `.claude/settings.json`.");

  private static final Set<Code> LOCAL =
      EnumSet.of(
          DOC002, DOC003, DOC004, DOC007, DOC009, DOC010, DOC011, DOC012, DOC013, ADR001, REQ001,
          REQ002, REQ005, CTX001, MOD001, TSK001, TSK002, TSK003, TSK015, TSK017, SEC001, SEC005);

  private final Severity severity;
  private final String title;
  private final String why;
  private final String fix;

  Code(Severity severity, String title, String why, String fix) {
    this.severity = severity;
    this.title = title;
    this.why = why;
    this.fix = fix;
  }

  /** Whether a command fails that finds it. */
  public Severity severity() {
    return severity;
  }

  /** What is wrong, in one sentence without values. */
  public String title() {
    return title;
  }

  /** Why that matters, in one sentence. */
  public String why() {
    return why;
  }

  /** What to do in general, as imperative sentences. */
  public String fix() {
    return fix;
  }

  /** Whether it is found by looking at one file, whatever else there is. */
  public boolean isLocal() {
    return LOCAL.contains(this);
  }

  /** Which kind of artefact it is about: {@code TSK} of {@code TSK005}. */
  public String area() {
    return name().substring(0, 3);
  }
}
