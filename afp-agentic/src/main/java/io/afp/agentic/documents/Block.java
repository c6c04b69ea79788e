package io.afp.agentic.documents;

import io.afp.core.text.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a document that a command writes, between two comments. The first one has a checksum of
 * what the command wrote, whatever ends its lines have, so that an edit by hand is seen.
 *
 * @param id which part it is
 * @param sealed the checksum; empty before a command wrote it first
 * @param text what is between the comments
 * @param line of the first comment, from 1
 */
public record Block(String id, Optional<String> sealed, String text, int line) {

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?s)<!-- afp:begin ([a-z_]+)(?: sha=([0-9a-f]+))? -->\r?\n(.*?)<!-- afp:end \\1 -->");
  private static final int LENGTH = 16;

  /** Those of a text. */
  public static List<Block> in(String text) {
    return BLOCK.matcher(text).results().map(found -> of(text, found)).toList();
  }

  private static Block of(String text, MatchResult found) {
    int line = Lines.at(text, found.start());
    return new Block(found.group(1), Optional.ofNullable(found.group(2)), found.group(3), line);
  }

  /** Whether somebody has edited it since a command wrote it, or wrote it without one. */
  public boolean isEdited() {
    return sealed.map(sha -> !sha.equals(sha(text))).orElse(!text.isBlank());
  }

  /** A text whose blocks have these contents, by their ids; those that were edited stay. */
  public static String replaced(String text, Map<String, String> contents) {
    return BLOCK
        .matcher(text)
        .replaceAll(
            found -> {
              Block block = of(text, found);
              String content = contents.get(block.id());
              boolean stays = content == null || block.isEdited();
              return Matcher.quoteReplacement(stays ? found.group() : written(block.id(), content));
            });
  }

  private static String written(String id, String content) {
    String text = content.strip() + "\n";
    return "<!-- afp:begin %1$s sha=%2$s -->\n%3$s<!-- afp:end %1$s -->"
        .formatted(id, sha(text), text);
  }

  private static String sha(String text) {
    return Sha256.of(text.replace("\r\n", "\n")).substring(0, LENGTH);
  }
}
