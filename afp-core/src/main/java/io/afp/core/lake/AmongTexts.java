package io.afp.core.lake;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * Looks for a text among others by its length and its first eight bytes. Spark compares it byte by
 * byte with one after the other, which took a third of the time of a pass that measures twenty
 * checks.
 *
 * <p>It is public with its method because code that Spark generates calls it.
 */
public final class AmongTexts implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int PREFIX = 8;

  private final UTF8String[] texts;
  private final int[] lengths;
  private final long[] prefixes;

  private AmongTexts(List<UTF8String> texts) {
    this.texts = texts.toArray(UTF8String[]::new);
    this.lengths = texts.stream().mapToInt(UTF8String::numBytes).toArray();
    this.prefixes = texts.stream().mapToLong(UTF8String::getPrefix).toArray();
  }

  /** The same question, asked faster where it is whether a text is one of texts. */
  static Expression asked(Expression question) {
    return question instanceof In in && in.value().dataType() instanceof StringType
        ? asked(in, JavaConverters.seqAsJavaList(in.list()))
        : question;
  }

  /** That something is not among values of which one is null is unknown: that is left to Spark. */
  private static Expression asked(In in, List<Expression> values) {
    List<UTF8String> texts =
        values.stream()
            .filter(value -> value instanceof Literal literal && literal.value() != null)
            .map(value -> (UTF8String) ((Literal) value).value())
            .toList();
    return texts.size() == values.size()
        ? Native.call(new AmongTexts(texts), "has", new Column(in.value()), DataTypes.BooleanType)
            .expr()
        : in;
  }

  /** Whether the text is one of them. */
  public Boolean has(UTF8String text) {
    int length = text.numBytes();
    long prefix = text.getPrefix();
    for (int i = 0; i < texts.length; i++) {
      if (prefixes[i] == prefix
          && lengths[i] == length
          && (length <= PREFIX || text.equals(texts[i]))) {
        return true;
      }
    }
    return false;
  }

  /** What plans show. */
  @Override
  public String toString() {
    return List.of(texts).toString();
  }
}
