package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;

class AvroTest extends TypedFilesTest {

  @Override
  FileFormat format() {
    return FileFormat.AVRO;
  }
}
