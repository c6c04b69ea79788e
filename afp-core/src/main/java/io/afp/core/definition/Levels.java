package io.afp.core.definition;

import io.afp.core.yaml.Either;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What a check asks: one thing, or two on the same metric.
 *
 * @param main what is judged by the severity of the check; with a second one it is an error
 * @param warn what is only reported when it does not hold
 */
record Levels<T>(T main, Optional<T> warn) {

  static <T> Levels<T> of(T main) {
    return new Levels<>(main, Optional.empty());
  }

  /** One thing, never two. */
  static <T> Shape<Levels<T>> plain(Shape<T> shape) {
    return shape instanceof Scalar<T> scalar
        ? scalar.as(Levels::of)
        : new Mapped<>(shape, shape.expects(), Levels::of);
  }

  /**
   * One, or a mapping with {@code warn} and {@code error}.
   *
   * @param stricter whether the first one asks more than the second
   */
  static <T> Shape<Levels<T>> shape(Shape<T> one, BiPredicate<T, T> stricter) {
    Field<T> warn = Field.required("warn", one, "What is only reported when it does not hold");
    Field<T> error =
        Field.required("error", one, "What keeps the run from being published otherwise");
    Fields<Levels<T>> both =
        new Fields<>(
            "{ warn: …, error: … }",
            List.of(warn, error),
            r -> new Levels<>(r.get(error), r.find(warn)));
    Shape<Levels<T>> either = new Either<>(plain(one), both);
    String expects = one.expects() + " (or { warn: …, error: … })";
    return new Mapped<>(either, expects, levels -> levels.requireStricter(stricter));
  }

  /** Something else of each. */
  <S> Levels<S> map(Function<T, S> mapper) {
    return new Levels<>(mapper.apply(main), warn.map(mapper));
  }

  private Levels<T> requireStricter(BiPredicate<T, T> stricter) {
    warn.ifPresent(
        asked -> CheckShape.require(stricter.test(asked, main), "warn asks no more than error"));
    return this;
  }
}
