package io.afp.agentic.context;

import io.afp.agentic.context.SystemContext.Sla;
import io.afp.agentic.context.SystemContext.Stakeholder;
import io.afp.agentic.context.SystemContext.Tool;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code system_context.yaml} may hold. */
final class ContextShape {

  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Items<String> TEXTS = new Items<>(TEXT, "a list of texts");
  private static final Entries<String> NAMED = new Entries<>(TEXT, TEXT, "a mapping of texts");

  private static final Field<String> TOOL = Field.required("tool", TEXT, "The tool");
  private static final Field<String> TOOL_VERSION =
      Field.required("version", TEXT, "Its version, as it is written");
  private static final Fields<Tool> STACK_ENTRY =
      new Fields<>(
          "a mapping such as { tool: Apache Spark, version: 3.5.9 }",
          List.of(TOOL, TOOL_VERSION),
          r -> new Tool(r.get(TOOL), r.get(TOOL_VERSION)));

  private static final Field<String> ID = Field.required("id", TEXT, "A short name, unique");
  private static final Field<String> NAME = Field.required("name", TEXT, "The name");
  private static final Field<String> OWNER =
      Field.optional("owner", TEXT, "", "Names of persons, with commas between them");
  private static final Fields<Stakeholder> STAKEHOLDER =
      new Fields<>(
          "a mapping such as { id: finance, name: Finance }",
          List.of(ID, NAME, text("role"), OWNER),
          r -> new Stakeholder(r.get(ID), r.get(NAME), r.get(OWNER)));

  private static final Field<Placed.At<String>> SLA_ID =
      Field.required("id", new Placed<>(TEXT), "Its id, such as SLA-001");
  private static final Field<String> SLA_OWNER = Field.required("owner", TEXT, "A stakeholder");
  private static final Fields<Sla> SLA =
      new Fields<>(
          "a mapping such as { id: SLA-001, table: mart.sales, metric: freshness, max: PT1H,"
              + " owner: finance }",
          List.of(
              SLA_ID,
              Field.required("table", TEXT, "The table"),
              Field.required("metric", TEXT, "What is measured"),
              Field.required("max", TEXT, "The most that it may be"),
              SLA_OWNER),
          r -> new Sla(r.get(SLA_ID).value(), r.get(SLA_OWNER), r.get(SLA_ID).location().line()));

  private static final Shape<String> SOURCE =
      new Fields<>(
          "a mapping such as { id: orders, kind: s3, format: csv }",
          List.of(
              ID,
              text("kind"),
              text("format"),
              text("location"),
              text("volume"),
              text("velocity"),
              text("variety"),
              text("pii"),
              text("connection"),
              text("owner")),
          r -> r.get(ID));
  private static final Field<String> PITFALL_TEXT = Field.required("text", TEXT, "The pitfall");
  private static final Shape<String> PITFALL =
      new Fields<>(
          "a mapping such as { text: Tables are made by jobs }",
          List.of(PITFALL_TEXT, text("seen")),
          r -> r.get(PITFALL_TEXT));

  private static final Field<List<Long>> MODULE_LINES =
      Field.optional("module_lines", new Items<>(Scalar.count(), "two numbers"), "Fewest and most");
  private static final Field<Long> FAN_OUT =
      Field.optional("fan_out", Scalar.count(), Limits.DEFAULT.fanOut(), "Modules that one needs");
  private static final Field<Long> AGENT_LINES =
      Field.optional(
          "agent_lines", Scalar.count(), Limits.DEFAULT.agentLines(), "Lines of AGENTS.md");
  private static final Fields<Limits> LIMITS =
      new Fields<>(
          "a mapping such as { module_lines: [200, 400] }",
          List.of(
              MODULE_LINES, FAN_OUT, AGENT_LINES, text("coverage_min"), text("profile_max_age")),
          ContextShape::limits);

  private static final Field<List<String>> ALLOW =
      Field.optional("allow", TEXTS, VerifyPolicy.DEFAULT.allow(), "First words of commands");
  private static final Field<Duration> TIME_LIMIT =
      Field.optional(
          "time_limit",
          Scalar.parsed("an ISO-8601 duration such as PT10M", Duration::parse),
          VerifyPolicy.DEFAULT.timeLimit(),
          "How long a command may take");
  private static final Field<Long> OUTPUT_LIMIT =
      Field.optional(
          "output_limit", Scalar.upTo(1L << 30), VerifyPolicy.DEFAULT.outputLimit(), "In bytes");
  private static final Fields<VerifyPolicy> VERIFY =
      new Fields<>(
          "a mapping such as { allow: [./mvnw], time_limit: PT10M }",
          List.of(ALLOW, TIME_LIMIT, OUTPUT_LIMIT),
          r -> new VerifyPolicy(r.get(ALLOW), r.get(TIME_LIMIT), r.get(OUTPUT_LIMIT)));

  private static final Field<String> PROJECT = Field.required("project", TEXT, "The project");
  private static final Field<Map<String, Tool>> STACK =
      Field.optional(
          "tech_stack", new Entries<>(TEXT, STACK_ENTRY, "a mapping"), Map.of(), "The tools");
  private static final Field<List<Stakeholder>> STAKEHOLDERS =
      Field.optional(
          "stakeholders", new Items<>(STAKEHOLDER, "a list"), List.of(), "Who has a say");
  private static final Field<List<Sla>> SLAS =
      Field.optional("slas", new Items<>(SLA, "a list"), List.of(), "What is promised");
  private static final Field<Limits> GATES =
      Field.optional("gates", LIMITS, Limits.DEFAULT, "Numbers that artefacts are judged by");
  private static final Field<VerifyPolicy> POLICY =
      Field.optional("verify", VERIFY, VerifyPolicy.DEFAULT, "Commands that verify tasks");

  /** The whole file. */
  static final Fields<SystemContext> SHAPE =
      new Fields<>(
          "a mapping with the key project",
          List.of(
              PROJECT,
              text("version"),
              text("updated"),
              STACK,
              Field.optional(
                  "constraints", new Entries<>(TEXT, NAMED, "a mapping of mappings"), "Limits"),
              Field.optional("patterns", NAMED, "How things are done"),
              Field.optional("commands", NAMED, "What to type"),
              STAKEHOLDERS,
              Field.optional("sources", new Items<>(SOURCE, "a list"), "Where data comes from"),
              SLAS,
              Field.optional("pitfalls", new Items<>(PITFALL, "a list"), "What went wrong once"),
              GATES,
              POLICY),
          ContextShape::build);

  private ContextShape() {}

  private static Field<String> text(String name) {
    return Field.optional(name, TEXT, "As it is written");
  }

  private static Limits limits(Reading r) {
    List<Long> lines =
        r.find(MODULE_LINES)
            .filter(l -> l.size() == 2)
            .orElse(List.of(Limits.DEFAULT.fewestLines(), Limits.DEFAULT.mostLines()));
    return new Limits(lines.get(0), lines.get(1), r.get(FAN_OUT), r.get(AGENT_LINES));
  }

  private static SystemContext build(Reading r) {
    return new SystemContext(
        r.get(PROJECT),
        r.get(STACK),
        r.get(STAKEHOLDERS),
        r.get(SLAS),
        r.get(GATES),
        r.get(POLICY));
  }
}
