package io.bluetick.session.push.sender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A key file as Google's console makes it, whose tokens a fake gives out. */
public final class ServiceAccount {
  public static final String PROJECT = "blue-tick-1";
  public static final String SEND = "/v1/projects/" + PROJECT + "/messages:send";
  public static final String TOKEN = "/token";

  private static final PrivateKey KEY = generate();

  private ServiceAccount() {}

  private static PrivateKey generate() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      return keys.generateKeyPair().getPrivate();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the file, and lets the provider give out tokens. */
  public static Path write(Path folder, FakeProvider provider) throws IOException {
    provider.answer(
        TOKEN,
        200,
        "{\"access_token\":\"ya29.fake\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEY.getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Path file = folder.resolve("service-account.json");
    Map<String, String> account =
        Map.of(
            "type", "service_account",
            "project_id", PROJECT,
            "private_key_id", "k1",
            "private_key", pem,
            "client_email", "push@example.org",
            "client_id", "1",
            "token_uri", provider.url(TOKEN));
    Files.write(file, JsonMapper.shared().writeValueAsBytes(account));
    return file;
  }
}
