package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;

class ParquetTest extends TypedFilesTest {

  @Override
  FileFormat format() {
    return FileFormat.PARQUET;
  }
}
