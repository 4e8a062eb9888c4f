package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The companion's calls of linking. It has no token yet. */
public final class OfferApi {

  /** The longest that the server waits for a primary. */
  public static final Duration WAIT_LIMIT = Duration.ofSeconds(25);

  static final String ADDRESSES = "/v1/linking/addresses";

  private final Api api;

  public OfferApi(Api api) {
    this.api = api;
  }

  /**
   * Where an offer is. Does not print itself.
   *
   * @param address to be shown to the primary: base64url, 16 bytes
   * @param secret to be kept: what the answer is collected with
   */
  public record Place(String address, String secret, Instant expiresAt) {
    public Place {
      Forms.text("address", Forms.ADDRESS, address);
      Forms.text("secret", Forms.SECRET, secret);
      Forms.present("expiresAt", expiresAt);
    }

    @Override
    public String toString() {
      return "Place[" + expiresAt + "]";
    }
  }

  /**
   * What a companion goes on with, as the server says; the message is what the primary says.
   *
   * @param message encrypted
   */
  public record Collected(
      AccountId account,
      int device,
      int registration,
      long listVersion,
      ByteString message,
      String refreshToken) {
    public Collected {
      Forms.present("account", account);
      Forms.present("message", message);
      Forms.present("refreshToken", refreshToken);
    }

    public DeviceAddress address() {
      return new DeviceAddress(account, device);
    }

    @Override
    public String toString() {
      return "Collected[" + account + "/" + device + "]";
    }
  }

  /** Offers the device; the offer stands for 90 seconds. */
  public Place offer(Offer offer) {
    return api.ask(Call.post("offerDevice", ADDRESSES, offer), Place.class);
  }

  /**
   * Waits until a primary has linked the device; empty if none has within this time. May be
   * repeated: who collects again gets another refresh token, and the one before counts no more.
   * Fails with {@code expired} when the offer has ended.
   *
   * @param wait up to {@link #WAIT_LIMIT}
   */
  public Optional<Collected> collect(Place place, Duration wait) {
    if (wait.isNegative() || wait.compareTo(WAIT_LIMIT) > 0) {
      throw new IllegalArgumentException("the server waits 0 to 25 seconds");
    }
    Call call =
        Call.get("collectLink", ADDRESSES + "/" + place.address() + "?waitS=" + wait.toSeconds())
            .with("X-Linking-Secret", place.secret())
            .waiting(wait);
    return api.askPerhaps(call, Collected.class);
  }
}
