package io.afp.ingestion.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.FieldName;
import io.afp.core.definition.TableName;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ColumnNamesPropertyTest {

  @Property
  void eachFieldHasAColumnOfItsOwn(@ForAll("fields") List<String> fields) {
    List<String> names = ColumnNames.of(fields);
    assertThat(names)
        .hasSameSizeAs(fields)
        .doesNotHaveDuplicates()
        .allMatch(TableName::isIdentifier);
    for (int i = 0; i < names.size(); i++) {
      if (TableName.isIdentifier(fields.get(i))) {
        assertThat(names.get(i)).isEqualTo(fields.get(i));
      }
    }
  }

  @Provide
  Arbitrary<List<String>> fields() {
    Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(80);
    Arbitrary<String> alike =
        Arbitraries.strings().withChars("aä 1_-%").ofMinLength(1).ofMaxLength(70);
    return Arbitraries.oneOf(any, alike)
        .map(FieldName::plain)
        .filter(FieldName::isUsable)
        .list()
        .ofMaxSize(20)
        .uniqueElements();
  }

  @Example
  void lettersBecomeThoseOfAscii() {
    assertThat(ColumnNames.of(List.of("größe", "prénom", "ünter-ø", "%", "ko\u0308nig", "7 tage")))
        .containsExactly("groesse", "prenom", "uenter_o", "field", "koenig", "f_7_tage");
  }
}
