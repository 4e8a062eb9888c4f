package io.bluetick.bench.device;

import io.bluetick.protocol.noise.StaticKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway's static key, as it publishes it. A real client has it built in. */
public final class PublishedKey {
  private static final String PATH = "/.well-known/bluetick";
  private static final int TIMEOUT_MS = 5_000;

  private PublishedKey() {}

  /** The current key; devices may also have pinned an older one. */
  public static byte[] of(InetSocketAddress gateway) throws IOException {
    String address = "http://" + gateway.getHostString() + ":" + gateway.getPort() + PATH;
    HttpURLConnection http = (HttpURLConnection) URI.create(address).toURL().openConnection();
    http.setConnectTimeout(TIMEOUT_MS);
    http.setReadTimeout(TIMEOUT_MS);
    int status = http.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException(address + " answers " + status + ": this gateway publishes no key");
    }
    try (InputStream body = http.getInputStream()) {
      return current(JsonMapper.shared().readTree(body));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(address + " is not what was agreed: " + e.getMessage(), e);
    }
  }

  private static byte[] current(JsonNode document) {
    byte[] key =
        Base64.getDecoder().decode(document.path("noise").path("keys").path(0).asString(""));
    if (key.length != StaticKeys.KEY_BYTES) {
      throw new IllegalArgumentException("noise.keys[0] has " + key.length + " bytes");
    }
    return key;
  }
}
