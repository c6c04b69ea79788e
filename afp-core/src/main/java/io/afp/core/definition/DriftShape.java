package io.afp.core.definition;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Scalar;
import java.util.List;

/** What {@code drift} may hold. */
final class DriftShape {

  private static final Scalar<Policy> POLICY = Scalar.choice(Policy.class);
  private static final Field<Policy> NEW_COLUMNS =
      Field.withDefault(
          "new_columns",
          POLICY,
          "discard",
          "Of columns of the source that are not declared. `discard`: they are not loaded."
              + " `evolve`: they are loaded as columns of the table. `freeze`: the run fails");
  private static final Field<Policy> MISSING_COLUMNS =
      Field.optional(
              "missing_columns",
              POLICY,
              "Of declared columns that the source lacks. `freeze`: the run fails. `discard` and"
                  + " `evolve`: they are null, with a warning; a required one always fails")
          .otherwise("`freeze`; `discard` where objects may leave out keys: json and jsonl");
  private static final Field<Policy> WIDENED_TYPES =
      Field.withDefault(
          "widened_types",
          POLICY,
          "discard",
          "Of columns whose type in the source is wider than the declared one. `discard`: values"
              + " that do not fit the declared type are rejects. `evolve`: the column of the table is"
              + " widened. `freeze`: the run fails");
  private static final Field<Policy> REORDERED_COLUMNS =
      Field.withDefault(
          "reordered_columns",
          POLICY,
          "discard",
          "Of columns that come in another order than before. `discard` and `evolve`: they are read"
              + " by name, and the change is recorded. `freeze`: the run fails");

  static final Either<DriftDef> SHAPE =
      new Either<>(
          POLICY.as(DriftDef::of),
          new Fields<>(
              "a mapping such as { new_columns: evolve }",
              List.of(NEW_COLUMNS, MISSING_COLUMNS, WIDENED_TYPES, REORDERED_COLUMNS),
              r ->
                  new DriftDef(
                      r.get(NEW_COLUMNS),
                      r.find(MISSING_COLUMNS),
                      r.get(WIDENED_TYPES),
                      r.get(REORDERED_COLUMNS))));

  private DriftShape() {}
}
