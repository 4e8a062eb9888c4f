package io.bluetick.testkit.tidy;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Checks of Maven's files. */
final class PomChecks {

  private PomChecks() {}

  /** The root pom holds all versions; a child repeats none but that of its parent. */
  static List<Violation> versions(TextFile file) {
    return file.name().equals("pom.xml") && !file.path().equals("pom.xml")
        ? versionsIn(file)
        : List.of();
  }

  private static List<Violation> versionsIn(TextFile file) {
    List<Violation> violations = new ArrayList<>();
    // The innermost element first.
    Deque<String> open = new ArrayDeque<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(file.text()));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          open.push(reader.getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          open.pop();
        } else if (event == XMLStreamConstants.CHARACTERS
            && isVersion(open)
            && isLiteral(reader.getText())) {
          String what = "sets version " + reader.getText().strip() + ": the root pom does that";
          violations.add(file.at(reader.getLocation().getLineNumber(), what));
        }
      }
      return violations;
    } catch (XMLStreamException e) {
      return List.of(file.at(e.getLocation().getLineNumber(), "is no XML: " + e.getMessage()));
    }
  }

  private static boolean isVersion(Deque<String> open) {
    List<String> names = List.copyOf(open);
    if (names.size() < 2) {
      return false;
    }
    String name = names.get(0);
    String parent = names.get(1);
    return (name.equals("version") && !parent.equals("parent"))
        || (name.endsWith(".version") && parent.equals("properties"));
  }

  private static boolean isLiteral(String text) {
    return !text.isBlank() && !text.strip().startsWith("${");
  }
}
