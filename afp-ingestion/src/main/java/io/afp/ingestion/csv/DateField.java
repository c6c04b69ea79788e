package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Dates in a form of fixed length. */
record DateField(AnyForm any, FixedForms forms) implements FieldWriter {

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    for (FixedForm form : forms.ofLength(to - from)) {
      int days = form.days(text, from);
      if (days != CalendarDay.NONE) {
        row.write(ordinal, days);
        return true;
      }
    }
    return any.write(text, from, to, row, ordinal);
  }
}
