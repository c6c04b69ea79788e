package io.afp.ingestion.infer;

import java.util.List;

/**
 * How CSV files are to be declared.
 *
 * @param files where they are, in the words of the definition
 * @param header whether the first line of each names the fields
 * @param nullValues texts that stand for null
 */
record CsvFiles(String files, boolean header, String delimiter, List<String> nullValues) {

  CsvFiles {
    nullValues = List.copyOf(nullValues);
  }
}
