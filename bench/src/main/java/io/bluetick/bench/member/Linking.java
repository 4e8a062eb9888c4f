package io.bluetick.bench.member;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.bench.member.Member.Tokens;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Links companions by the REST API: an offer, the primary's list that has it, what it collects. */
public final class Linking {
  private final Api api;
  private final SecureRandom random = new SecureRandom();

  public Linking(Api api) {
    this.api = api;
  }

  /** A companion with this number, for a primary that has an access token. */
  public Member link(Member primary, int number) throws IOException, InterruptedException {
    NewKeys keys = new NewKeys(random);
    Map<String, Object> offer = new LinkedHashMap<>(keys.offer());
    Map<String, Object> upload = keys.keySet(0);
    offer.put("signedPreKey", upload.get("signedPreKey"));
    offer.put("lastResortKyber", upload.get("lastResortKyber"));
    JsonNode place = api.post("/v1/linking/addresses", offer);
    String address = place.path("address").asString();
    api.post(
        "/v1/devices",
        primary.tokens().access(),
        Map.of(
            "address",
            address,
            "number",
            number,
            "signedList",
            nextList(primary, keys.listed(number)),
            "message",
            NewKeys.base64(keys.noise().publicKey())));
    JsonNode linked =
        api.get(
            "/v1/linking/addresses/" + address,
            "X-Linking-Secret",
            place.path("secret").asString());
    return new Member(
        new DeviceAddress(primary.account(), linked.path("device").asInt()),
        linked.path("registration").asInt(),
        keys,
        new Tokens("", linked.path("refreshToken").asString()));
  }

  private Map<String, Object> nextList(Member primary, ListedDevice companion)
      throws IOException, InterruptedException {
    JsonNode present = api.get("/v1/devices", primary.tokens().access());
    List<ListedDevice> devices = new ArrayList<>(listed(present));
    devices.add(companion);
    long version = present.path("version").asLong() + 1;
    return primary.keys().signedList(primary.account(), version, devices);
  }

  private static List<ListedDevice> listed(JsonNode present) throws InvalidProtocolBufferException {
    String list = present.path("signedList").path("list").asString();
    return DeviceList.parseFrom(Base64.getDecoder().decode(list)).getDevicesList();
  }
}
