package io.bluetick.bench.member;

import io.bluetick.bench.member.Member.Tokens;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Makes devices by the REST API, as a phone does: a number, a code, a registration. */
public final class Registrations {
  private static final String SESSIONS = "/v1/registration/sessions";

  /** German mobile numbers of a block that is not given out. */
  private static final long FIRST_NUMBER = 4915_550_000_000L;

  private final Api api;
  private final DevCodes codes;
  private final int oneTimeKeys;
  private final SecureRandom random = new SecureRandom();

  public Registrations(Api api, DevCodes codes, int oneTimeKeys) {
    this.api = api;
    this.codes = codes;
    this.oneTimeKeys = oneTimeKeys;
  }

  /** The primary of the account of the n-th number. */
  public Member register(int number) throws IOException, InterruptedException {
    JsonNode session = api.post(SESSIONS, Map.of("number", "+" + (FIRST_NUMBER + number)));
    String id = session.path("session").asString();
    String path = SESSIONS + "/" + id;
    api.post(path + "/code", Map.of("transport", "sms"));
    JsonNode verified = api.post(path + "/verification", Map.of("code", codes.of(id)));
    AccountId account = AccountId.parse(verified.path("account").asString());
    NewKeys keys = new NewKeys(random);
    Map<String, Object> registration = new LinkedHashMap<>();
    registration.put("session", id);
    registration.putAll(keys.offer());
    registration.putAll(keys.keySet(oneTimeKeys));
    long version = verified.path("nextListVersion").asLong();
    registration.put("signedList", keys.signedList(account, version, List.of(keys.listed(0))));
    JsonNode registered = api.post("/v1/registration", registration);
    // The first access token comes by the first login.
    Tokens tokens = new Tokens("", registered.path("refreshToken").asString());
    return new Member(
        new DeviceAddress(account, registered.path("device").asInt()),
        registered.path("registration").asInt(),
        keys,
        tokens);
  }

  /** The primaries of the accounts of the first numbers, some of them at the same time. */
  public List<Member> registerAll(int count, int atOnce) throws IOException, InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Member>> registering =
          IntStream.range(0, count)
              .mapToObj(number -> workers.submit(() -> register(number)))
              .toList();
      try {
        List<Member> members = new ArrayList<>(count);
        for (Future<Member> each : registering) {
          members.add(each.get());
        }
        return members;
      } catch (ExecutionException e) {
        workers.shutdownNow();
        throw new IOException("a device cannot be registered: " + e.getCause(), e);
      }
    }
  }
}
