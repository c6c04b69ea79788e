package io.afp.core.definition;

import java.nio.file.Path;
import java.util.Optional;

/** The files of one table: its YAML, and its SQL if it is a model. */
record TableFile(TableName name, Path yaml, Optional<Path> sql) {}
