package io.afp.observe.lineage;

import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.settings.Addresses;
import io.afp.core.spi.Inputs;
import java.util.Collection;
import java.util.stream.Stream;

/** The files of a source as one dataset: the folder in which all of them lie, or the only file. */
record SourceFiles(PipelineDef pipeline, FileSourceDef source, Inputs inputs) {

  DatasetName name() {
    String pattern = source.files();
    String fixed = pattern.split("[*?\\[{$]", 2)[0];
    String place = fixed.equals(pattern) ? fixed : fixed.substring(0, fixed.lastIndexOf('/') + 1);
    return DatasetName.of(
        Addresses.hasScheme(place)
            ? place
            : "file:" + pipeline.folder().toAbsolutePath().resolve(place).normalize());
  }

  long count() {
    return files().count();
  }

  long bytes() {
    return files().mapToLong(file -> file.stamp().size()).sum();
  }

  private Stream<Inputs.FileInput> files() {
    return inputs.files().values().stream().flatMap(Collection::stream);
  }
}
