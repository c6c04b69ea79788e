package io.afp.ingestion.csv;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A number in a row is the one that the reader of texts reads, or none. */
class NumberFieldPropertyTest {

  private static final Fields DOUBLE = Fields.of("double");
  private static final Fields FLOAT = Fields.of("float");

  @Property(tries = 4_000)
  void aNumberIsWrittenAsItIsRead(
      @ForAll("columns") Fields column, @ForAll("numbers") String text) {
    column.isWrittenAsRead(text);
  }

  @Property(tries = 2_000)
  void aNumberAtTheBoundsOfItsTypeIsWrittenOrNone(
      @ForAll("columns") Fields column, @ForAll("bounds") String text) {
    column.isWrittenAsRead(text);
  }

  @Property(tries = 4_000)
  void aRoundedNumberIsWrittenAsItIsRead(
      @ForAll("rounded") Fields column, @ForAll("numbers") String text) {
    column.isWrittenAsRead(text);
  }

  @Property(tries = 4_000)
  void aFractionIsTheNearestOneBitForBit(@ForAll("fractions") String text) {
    DOUBLE.isWrittenAsRead(text);
    FLOAT.isWrittenAsRead(text);
  }

  @Property(tries = 2_000)
  void aNumberOfAPatternIsWrittenAsItIsRead(
      @ForAll("patterns") Fields column, @ForAll("numbers") String text) {
    column.isWrittenAsRead(text);
    column.isWrittenAsRead(text.replace('.', ','));
  }

  @Provide
  Arbitrary<Fields> columns() {
    Arbitrary<String> others = Arbitraries.of("int", "long", "float", "double");
    return Arbitraries.frequencyOf(Tuple.of(1, others), Tuple.of(3, decimals())).map(Fields::of);
  }

  @Provide
  Arbitrary<Fields> rounded() {
    return decimals().map(Fields::rounded);
  }

  private static Arbitrary<String> decimals() {
    return Arbitraries.of(
        "decimal(1,0)",
        "decimal(3,2)",
        "decimal(5,5)",
        "decimal(9,0)",
        "decimal(12,2)",
        "decimal(18,0)",
        "decimal(18,17)",
        "decimal(18,18)",
        "decimal(19,2)",
        "decimal(20,20)",
        "decimal(38,0)",
        "decimal(38,10)",
        "decimal(38,38)");
  }

  @Provide
  Arbitrary<Fields> patterns() {
    Arbitrary<String> types =
        Arbitraries.of("int", "long", "float", "double", "decimal(12,2)", "decimal(30,3)");
    Arbitrary<String> patterns = Arbitraries.of("#,##0.00", "#.##0,00", "0,00", "# ##0", "#'##0.0");
    return types.flatMap(type -> patterns.map(pattern -> Fields.of(type, pattern, null)));
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(FieldTexts.numbers(), FieldTexts.words());
  }

  @Provide
  Arbitrary<String> bounds() {
    return FieldTexts.bounds();
  }

  @Provide
  Arbitrary<String> fractions() {
    return FieldTexts.fractions();
  }
}
