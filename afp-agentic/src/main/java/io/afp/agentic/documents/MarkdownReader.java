package io.afp.agentic.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Walks the tree of a document once. */
final class MarkdownReader extends AbstractVisitor {

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  private final List<String> lines;
  private final int skipped;
  private final List<Heading> headings = new ArrayList<>();
  private final List<List<Item>> items = new ArrayList<>(List.of(new ArrayList<>()));
  private final List<List<Row>> rows = new ArrayList<>(List.of(new ArrayList<>()));
  private final List<Piece> prose = new ArrayList<>();
  private final List<Piece> links = new ArrayList<>();
  private List<String> columns = List.of();

  /**
   * A reader of one document.
   *
   * @param skipped how many lines the front matter has
   */
  MarkdownReader(List<String> lines, int skipped) {
    this.lines = lines;
    this.skipped = skipped;
  }

  Markdown read(String path, Optional<FrontMatter> frontMatter) {
    // Blank lines in place of the front matter, so that lines are counted as in the document.
    String body = "\n".repeat(skipped) + String.join("\n", lines.subList(skipped, lines.size()));
    PARSER.parse(body).accept(this);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      sections.add(section(i));
    }
    return new Markdown(
        path, frontMatter, sections, List.copyOf(prose), List.copyOf(links), List.copyOf(lines));
  }

  private Section section(int index) {
    Heading heading = headings.get(index);
    int line = line(heading);
    int end = index + 1 < headings.size() ? line(headings.get(index + 1)) - 1 : lines.size();
    return new Section(
        heading.getLevel(),
        source(heading).replaceFirst("^#+\\s*", "").replaceFirst("\\s+#*$", ""),
        line,
        trimmed(lines.subList(Math.min(line, end), end)),
        List.copyOf(items.get(index + 1)),
        List.copyOf(rows.get(index + 1)));
  }

  private static List<String> trimmed(List<String> lines) {
    int start = 0;
    int end = lines.size();
    while (start < end && lines.get(start).isBlank()) {
      start++;
    }
    while (end > start && lines.get(end - 1).isBlank()) {
      end--;
    }
    return List.copyOf(lines.subList(start, end));
  }

  @Override
  public void visit(Heading heading) {
    headings.add(heading);
    items.add(new ArrayList<>());
    rows.add(new ArrayList<>());
    visitChildren(heading);
  }

  @Override
  public void visit(ListItem item) {
    if (!isInside(item)) {
      items.get(items.size() - 1).add(item(item));
    }
    visitChildren(item);
  }

  private static boolean isInside(ListItem item) {
    Node around = item.getParent() == null ? null : item.getParent().getParent();
    return around instanceof ListItem;
  }

  private Item item(ListItem item) {
    String text = "";
    List<Item> children = new ArrayList<>();
    for (Node each = item.getFirstChild(); each != null; each = each.getNext()) {
      if (each instanceof Paragraph && text.isEmpty()) {
        text = source(each);
      } else if (each instanceof ListBlock) {
        for (Node inner = each.getFirstChild(); inner != null; inner = inner.getNext()) {
          children.add(item((ListItem) inner));
        }
      }
    }
    return new Item(line(item), text, List.copyOf(children));
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof TableHead) {
      columns = cells(node.getFirstChild());
    } else if (node instanceof TableRow && node.getParent() instanceof TableBody) {
      rows.get(rows.size() - 1).add(row(node));
    }
    visitChildren(node);
  }

  private Row row(Node row) {
    List<String> cells = cells(row);
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i).toLowerCase(Locale.ROOT), i < cells.size() ? cells.get(i) : "");
    }
    return new Row(line(row), named);
  }

  private List<String> cells(Node row) {
    List<String> cells = new ArrayList<>();
    for (Node each = row.getFirstChild(); each != null; each = each.getNext()) {
      if (each instanceof TableCell) {
        cells.add(source(each));
      }
    }
    return cells;
  }

  @Override
  public void visit(Link link) {
    links.add(new Piece(line(link), link.getDestination()));
    visitChildren(link);
  }

  @Override
  public void visit(Text text) {
    if (!(text.getParent() instanceof Link)) {
      prose.add(new Piece(line(text), text.getLiteral()));
    }
  }

  /** From 1; that of what is around it, where a node knows none. */
  private static int line(Node node) {
    Node known = node;
    while (known.getSourceSpans().isEmpty() && known.getParent() != null) {
      known = known.getParent();
    }
    return known.getSourceSpans().isEmpty() ? 1 : known.getSourceSpans().get(0).getLineIndex() + 1;
  }

  /** As it is written, in one line. */
  private String source(Node node) {
    StringBuilder text = new StringBuilder();
    for (SourceSpan span : node.getSourceSpans()) {
      String line = lines.get(span.getLineIndex());
      int start = span.getColumnIndex();
      text.append(text.isEmpty() ? "" : " ")
          .append(line, start, Math.min(line.length(), start + span.getLength()));
    }
    return text.toString().strip();
  }
}
