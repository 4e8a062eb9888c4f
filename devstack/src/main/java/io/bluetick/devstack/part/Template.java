package io.bluetick.devstack.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Configuration files of the backends: resources beside this class with {@code ${name}} in them.
 */
final class Template {

  private Template() {}

  static Path write(String resource, Map<String, Object> values, Path target) throws IOException {
    String text = read(resource);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue().toString());
    }
    if (text.contains("${")) {
      throw new IllegalStateException("no value for " + text.substring(text.indexOf("${")));
    }
    Files.createDirectories(target.getParent());
    return Files.writeString(target, text);
  }

  static String read(String resource) throws IOException {
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
