package io.afp.core.drift;

import io.afp.core.definition.TableDef;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.List;

/** What can be told of a source that does not name its columns: their number. */
record PlacesCheck(TableDef declared) {

  List<Problem> warnings(SourceColumns found) {
    int expected = declared.fields().size();
    return found
        .parts()
        .filter(part -> part.columns().size() != expected)
        .findFirst()
        .map(part -> warning(part, expected))
        .stream()
        .toList();
  }

  private Problem warning(Part part, int expected) {
    return Problem.warning(
        ErrorCode.SOURCE_CHANGED,
        "Table %s may lose rows: the first line of a file has another number of fields than are declared, and such lines are rejects, malformed (found=%d, declared=%d, file=%s)"
            .formatted(declared.name(), part.columns().size(), expected, part.places().get(0)),
        Location.file(declared.file()),
        "Declare the columns as the file has them.");
  }
}
