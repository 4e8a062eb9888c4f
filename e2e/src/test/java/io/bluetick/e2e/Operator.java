package io.bluetick.e2e;

import io.bluetick.bench.member.Api;
import io.bluetick.protocol.AccountId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The first admin of a stack, by the edge. */
final class Operator {
  private static final String ACCOUNTS = "/v1/admin/session/accounts/";

  private final Api api;
  private final String token;

  private Operator(Api api, String token) {
    this.api = api;
    this.token = token;
  }

  static Operator login(URI edge, Path home) throws IOException, InterruptedException {
    Api api = new Api(edge, "");
    String password = Files.readString(home.resolve("data/secrets/admin.password")).strip();
    JsonNode answer =
        api.post("/v1/admin/session/login", Map.of("name", "admin", "password", password));
    return new Operator(api, answer.path("accessToken").asString());
  }

  void suspend(AccountId account) throws IOException, InterruptedException {
    api.post(ACCOUNTS + account + "/suspend", token, Map.of("reason", "a test"));
  }

  void restore(AccountId account) throws IOException, InterruptedException {
    api.post(ACCOUNTS + account + "/restore", token, Map.of());
  }

  /** How many of its devices are connected. */
  int connected(AccountId account) throws IOException, InterruptedException {
    return api.get(ACCOUNTS + account, token).path("sessions").size();
  }
}
