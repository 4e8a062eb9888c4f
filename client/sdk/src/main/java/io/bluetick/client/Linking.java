package io.bluetick.client;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.NewDevice;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.Companion;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.linking.Provisioned;
import io.bluetick.client.rest.AccessTokens;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiSettings;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.KeySet;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.rest.OfferApi;
import io.bluetick.client.rest.OfferApi.Collected;
import io.bluetick.client.rest.OfferApi.Place;
import io.bluetick.client.rest.RefreshTokenStore;
import io.bluetick.client.rest.ServerApi;
import io.bluetick.client.rest.TokenApi;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.signal.Signatures;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a profile a companion of somebody's account: it shows a code, the account's primary scans
 * it, and both know that nobody is in between. Everything here waits for the server.
 */
public final class Linking implements AutoCloseable {
  private static final String PLATFORM = "desktop";

  private final Database database;
  private final Api api;
  private final Companion companion;
  private final Place place;

  private Linking(Database database, Api api, Companion companion, Place place) {
    this.database = database;
    this.api = api;
    this.companion = companion;
    this.place = place;
  }

  /**
   * Offers this profile. The offer stands for a minute and a half.
   *
   * @param name of the device
   * @throws IllegalStateException if the profile is registered already
   */
  public static Linking begin(Profile profile, URI server, String name) {
    if (profile.device().isPresent()) {
      throw new IllegalStateException("the profile is a device already");
    }
    Api api = new Api(ApiSettings.of(server));
    boolean isBegun = false;
    try {
      ByteString serverKey = new ServerApi(api).read().noise().keys().getFirst();
      OwnKeys keys = OwnKeys.generate();
      StaticKeys noise = StaticKeys.generate(new SecureRandom());
      Database database = profile.database();
      KeySet lasting =
          database.transaction(() -> {
            DeviceTable device = new DeviceTable(database);
            device.forgetKeys();
            device.begin(new NewDevice(server, serverKey, keys.serialized(), noise));
            PreKeys preKeys = new PreKeys(database, device, keys, InstantSource.system());
            return Server.keySet(preKeys.lasting(), new PreKeys.Fresh(List.of(), List.of()));
          });
      Offer offer =
          new Offer(
              ByteString.copyFrom(noise.publicKey()),
              keys.publicBytes(),
              name,
              PLATFORM,
              Objects.requireNonNull(lasting.signedPreKey()),
              Objects.requireNonNull(lasting.lastResortKyber()),
              null);
      Companion companion = new Companion(offer, new SecureRandom());
      Place place = new OfferApi(api).offer(companion.offer());
      isBegun = true;
      return new Linking(database, api, companion, place);
    } finally {
      if (!isBegun) {
        api.close();
      }
    }
  }

  /** To be shown to the primary, as a QR, and to nobody else. */
  public LinkingCode code() {
    return companion.code(place);
  }

  /**
   * Waits until the primary has linked this device; empty if it has not within this time, which may
   * be tried again.
   *
   * @param wait up to {@link OfferApi#WAIT_LIMIT}
   * @throws io.bluetick.client.linking.LinkingException if the primary does not vouch for what the
   *     server says
   */
  public Optional<OwnDevice> finish(Duration wait) {
    Optional<Collected> collected = new OfferApi(api).collect(place, wait);
    return collected.map(this::link);
  }

  private OwnDevice link(Collected collected) {
    Provisioned provisioned = companion.open(place, collected);
    Tokens stored = new Tokens(collected.refreshToken());
    AccessTokens tokens = new AccessTokens(new TokenApi(api), stored, Clock.systemUTC());
    DeviceApi.Devices devices = new DeviceApi(api, tokens).list();
    var _ = companion.verify(provisioned, devices.signedList(), Signatures::verify);
    return database.transaction(() -> {
      DeviceTable device = new DeviceTable(database);
      device.registered(collected.address(), collected.registration(), stored.token);
      var _ =
          new Peers(database).learn(collected.account(), devices.version(), devices.signedList());
      return device.find().orElseThrow();
    });
  }

  /** The token until the device is believed to be linked: only then it belongs into the store. */
  private static final class Tokens implements RefreshTokenStore {
    private volatile String token;

    Tokens(String token) {
      this.token = token;
    }

    @Override
    public String load() {
      return token;
    }

    @Override
    public void save(String refreshToken) {
      token = refreshToken;
    }
  }

  @Override
  public void close() {
    api.close();
  }
}
