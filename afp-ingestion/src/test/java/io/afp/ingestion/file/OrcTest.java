package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;

class OrcTest extends TypedFilesTest {

  @Override
  FileFormat format() {
    return FileFormat.ORC;
  }
}
