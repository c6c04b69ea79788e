package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Times in a form of fixed length. */
record TimeField(AnyForm any, FixedForms forms, DayOffsets offsets) implements FieldWriter {

  private static final long NONE = Long.MIN_VALUE;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final long MICROS_OF_SECOND = 1_000_000;

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    for (FixedForm form : forms.ofLength(to - from)) {
      long micros = micros(form, text, from);
      if (micros != NONE) {
        row.write(ordinal, micros);
        return true;
      }
    }
    return any.write(text, from, to, row, ordinal);
  }

  private long micros(FixedForm form, byte[] text, int from) {
    int days = form.days(text, from);
    long clock = days == CalendarDay.NONE ? FixedForm.NONE : form.clock(text, from);
    if (clock == FixedForm.NONE) {
      return NONE;
    }
    int offset = form.isUtc() ? 0 : offsets.on(days);
    return offset == DayOffsets.CHANGES
        ? NONE
        : (days * SECONDS_OF_DAY - offset) * MICROS_OF_SECOND + clock;
  }
}
