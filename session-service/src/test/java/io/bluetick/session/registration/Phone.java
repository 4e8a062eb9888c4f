package io.bluetick.session.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.SignedListJson;
import io.bluetick.session.key.KeyMaker;
import io.bluetick.session.key.KeySet;
import io.bluetick.session.secret.XEdDsaSigner;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A phone with a number, and the app that registers it. */
final class Phone {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SESSIONS = "/v1/registration/sessions";

  private final Network network;
  private final String number;
  private final XEdDsaSigner identity = XEdDsaSigner.generate(RANDOM);
  private final KeyMaker keys = new KeyMaker(identity);
  private final ByteString noiseKey = random(NewDevice.NOISE_KEY_BYTES);

  /** What phones share. */
  record Network(ApiCaller api, JsonMapper json, RecordedSender sender) {}

  /** What the verification answered. */
  record Verified(String session, AccountId account, long nextListVersion, JsonNode json) {}

  Phone(Network network) {
    this(network, "+49151" + (10_000_000 + RANDOM.nextInt(89_999_999)));
  }

  Phone(Network network, String number) {
    this.network = network;
    this.number = number;
  }

  /** Another one that has the same number now. */
  Phone another() {
    return new Phone(network, number);
  }

  String number() {
    return number;
  }

  ApiCaller api() {
    return network.api();
  }

  HttpResponse<String> tryBegin() throws Exception {
    return api().post(SESSIONS, Map.of("number", number));
  }

  String begin() throws Exception {
    HttpResponse<String> answer = tryBegin();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return ApiCaller.json(answer).path("session").asString();
  }

  HttpResponse<String> read(String session) throws Exception {
    return api().get(SESSIONS + "/" + session);
  }

  HttpResponse<String> askForCode(String session) throws Exception {
    return api().post(SESSIONS + "/" + session + "/code", Map.of("transport", "sms"));
  }

  HttpResponse<String> guess(String session, String digits) throws Exception {
    return api().post(SESSIONS + "/" + session + "/verification", Map.of("code", digits));
  }

  /** What came last for this session. */
  String lastDigits(String session) {
    return network.sender().lastDigits(number, session);
  }

  /** One that is not the session's code. */
  String wrongDigits(String session) {
    return "%06d".formatted((Integer.parseInt(lastDigits(session)) + 1) % 1_000_000);
  }

  Verified verify() throws Exception {
    String session = begin();
    assertThat(askForCode(session).statusCode()).isEqualTo(200);
    return verified(session);
  }

  /** By the code that came last. */
  Verified verified(String session) throws Exception {
    HttpResponse<String> answer = guess(session, lastDigits(session));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = ApiCaller.json(answer);
    return new Verified(
        session,
        AccountId.parse(json.path("account").asString()),
        json.path("nextListVersion").asLong(),
        json);
  }

  HttpResponse<String> tryRegister(Verified verified, @Nullable String pin) throws Exception {
    return tryRegister(verified, verified.nextListVersion(), keys.first(), pin);
  }

  HttpResponse<String> tryRegister(
      Verified verified, long listVersion, KeySet keySet, @Nullable String pin) throws Exception {
    SignedDeviceList list = sign(verified.account(), listVersion, List.of(listed()));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("session", verified.session());
    body.put("identityKey", identityKey());
    body.put("noiseKey", noiseKey);
    body.put("name", "A phone");
    body.put("platform", "android");
    body.put("signedPreKey", keySet.signedPreKey());
    body.put("lastResortKyber", keySet.lastResortKyber());
    body.put("ecOneTime", keySet.ecOneTime());
    body.put("kyberOneTime", keySet.kyberOneTime());
    body.put("signedList", SignedListJson.of(list));
    body.put("pin", pin);
    body.values().removeIf(Objects::isNull);
    return api().post("/v1/registration", network.json().writeValueAsString(body));
  }

  /** Verifies and registers; the caller is its token's. */
  Registered register() throws Exception {
    return registered(tryRegister(verify(), null));
  }

  Registered registered(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode json = ApiCaller.json(answer);
    String account = json.path("account").asString();
    int registration = json.path("registration").asInt();
    return new Registered(
        AccountId.parse(account),
        registration,
        json.path("listVersion").asLong(),
        api().as(TestTokens.device(account, 0, registration)));
  }

  /**
   * What the phone is now.
   *
   * @param api with its token
   */
  record Registered(AccountId account, int registration, long listVersion, ApiCaller api) {}

  KeyMaker keys() {
    return keys;
  }

  NewDevice asNew() {
    return new NewDevice(noiseKey, identityKey(), "A phone", "android");
  }

  ListedDevice listed() {
    return listed(0);
  }

  ListedDevice listed(int device) {
    return ListedDevice.newBuilder()
        .setDevice(device)
        .setIdentityKey(identityKey())
        .setNoiseKey(noiseKey)
        .build();
  }

  SignedDeviceList sign(AccountId account, long version, List<ListedDevice> devices) {
    ByteString list =
        DeviceList.newBuilder()
            .setAccount(account.bytes())
            .setVersion(version)
            .addAllDevices(devices)
            .build()
            .toByteString();
    byte[] signature = identity.sign(SignedLists.signedBytes(list).toByteArray());
    return SignedDeviceList.newBuilder()
        .setList(list)
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  private ByteString identityKey() {
    return ByteString.copyFrom(identity.publicKey33());
  }

  private static ByteString random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
