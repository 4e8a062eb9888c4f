package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.SignedDeviceList;

/** The primary's calls of linking. */
public final class LinkingApi {
  private final Api api;
  private final AccessTokens tokens;

  public LinkingApi(Api api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /**
   * A companion that the primary takes into its account.
   *
   * @param address of its offer
   * @param number that no device of the account has, 1 to 127
   * @param signedList the next one, with the companion in it
   * @param message for the companion, encrypted, up to 4 KB
   */
  public record NewCompanion(
      String address, int number, SignedDeviceList signedList, ByteString message) {

    public static final int MESSAGE_LIMIT_BYTES = 4096;

    public NewCompanion {
      Forms.text("address", Forms.ADDRESS, address);
      if (message.isEmpty() || message.size() > MESSAGE_LIMIT_BYTES) {
        throw new IllegalArgumentException("a message has 1 to 4096 bytes");
      }
    }

    @Override
    public String toString() {
      return "NewCompanion[" + number + "]";
    }
  }

  /** A companion as the account has it. */
  public record Linked(int number, int registration, long listVersion) {}

  /** What a companion offers, as the server says. Fails with {@code expired}. */
  public Offer readOffer(String address) {
    String path =
        OfferApi.ADDRESSES + "/" + Forms.text("address", Forms.ADDRESS, address) + "/offer";
    return tokens.with(token -> api.ask(Call.get("readOffer", path).by(token), Offer.class));
  }

  /**
   * Links it. The same request again has the same answer while the companion may collect it. Fails
   * with {@code stale-list}, {@code conflict}, {@code too-many} or {@code expired}; with {@code
   * unavailable} while an earlier attempt is not known to have failed.
   */
  public Linked link(NewCompanion companion) {
    return tokens.with(token ->
        api.ask(Call.post("linkDevice", "/v1/devices", companion).by(token), Linked.class));
  }
}
