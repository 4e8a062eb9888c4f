package io.bluetick.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The direct buffers of a service, as its own metrics tell. What Netty takes from the system by
 * other ways is only seen in the resident memory.
 */
public final class DirectMemory {
  private static final int TIMEOUT_MS = 5_000;

  private static final Pattern USED =
      Pattern.compile(
          "^jvm_buffer_memory_used_bytes\\{[^}]*id=\"direct\"[^}]*} (\\S+)", Pattern.MULTILINE);

  private DirectMemory() {}

  /** Empty where the service does not tell. */
  public static OptionalDouble bytes(InetSocketAddress service) {
    String address =
        "http://" + service.getHostString() + ":" + service.getPort() + "/actuator/prometheus";
    try {
      HttpURLConnection http = (HttpURLConnection) URI.create(address).toURL().openConnection();
      http.setConnectTimeout(TIMEOUT_MS);
      http.setReadTimeout(TIMEOUT_MS);
      if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return OptionalDouble.empty();
      }
      try (InputStream body = http.getInputStream()) {
        return parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  static OptionalDouble parse(String metrics) {
    Matcher used = USED.matcher(metrics);
    return used.find()
        ? OptionalDouble.of(Double.parseDouble(used.group(1)))
        : OptionalDouble.empty();
  }
}
