package io.bluetick.app.output;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An object as one line of JSON. Nothing is left out of texts; what would do something to a
 * terminal is written as its number.
 */
public final class JsonLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine() {}

  /**
   * Writes the fields in their order.
   *
   * @param fields texts, numbers, truth values, lists and maps of these
   */
  public static String of(Map<String, ? extends @Nullable Object> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, fields);
    }
    StringBuilder line = new StringBuilder(text.getBuffer().length());
    // Outside of texts JSON is ASCII, and Jackson has escaped what is harmful in that.
    text.toString()
        .codePoints()
        .forEach(each -> {
          if (Plain.isHarmful(each)) {
            line.append("\\u%04x".formatted(each));
          } else {
            line.appendCodePoint(each);
          }
        });
    return line.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Map<?, ?> fields -> {
        json.writeStartObject();
        fields.forEach((name, each) -> {
          json.writeName(String.valueOf(name));
          write(json, each);
        });
        json.writeEndObject();
      }
      case List<?> values -> {
        json.writeStartArray();
        values.forEach(each -> write(json, each));
        json.writeEndArray();
      }
      default -> json.writeString(value.toString());
    }
  }
}
