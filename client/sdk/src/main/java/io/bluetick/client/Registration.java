package io.bluetick.client;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.NewDevice;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.DeviceLists;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiSettings;
import io.bluetick.client.rest.KeySet;
import io.bluetick.client.rest.NewPrimary;
import io.bluetick.client.rest.Platform;
import io.bluetick.client.rest.RegistrationApi;
import io.bluetick.client.rest.RegistrationApi.Registered;
import io.bluetick.client.rest.RegistrationApi.Transport;
import io.bluetick.client.rest.RegistrationApi.VerifiedNumber;
import io.bluetick.client.rest.ServerApi;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a profile the primary device of a phone number's account: a code is sent to the number, and
 * who has it registers. Everything here waits for the server.
 */
public final class Registration implements AutoCloseable {
  private final Database database;
  private final URI server;
  private final Api api;
  private final ByteString serverKey;
  private final String session;

  private Registration(
      Database database, URI server, Api api, ByteString serverKey, String session) {
    this.database = database;
    this.server = server;
    this.api = api;
    this.serverKey = serverKey;
    this.session = session;
  }

  /**
   * Has a code sent to a number, in E.164 form.
   *
   * @throws io.bluetick.client.rest.ApiException if the server is not there or refuses
   */
  public static Registration begin(Profile profile, URI server, String number) {
    Api api = new Api(ApiSettings.of(server));
    boolean isBegun = false;
    try {
      ByteString serverKey = new ServerApi(api).read().noise().keys().getFirst();
      RegistrationApi registration = new RegistrationApi(api);
      String session = registration.begin(number).session();
      var _ = registration.sendCode(session, Transport.SMS, null);
      isBegun = true;
      return new Registration(profile.database(), server, api, serverKey, session);
    } finally {
      if (!isBegun) {
        api.close();
      }
    }
  }

  /** Names the verification; who operates a test system finds the code by it. */
  public String session() {
    return session;
  }

  /**
   * Registers. What this profile said before stays; its keys are new.
   *
   * @param name of the device
   * @param pin if the account is guarded by one
   */
  public OwnDevice finish(String code, String name, @Nullable String pin) {
    RegistrationApi registration = new RegistrationApi(api);
    VerifiedNumber verified = registration.verify(session, code);
    OwnKeys keys = OwnKeys.generate();
    StaticKeys noise = StaticKeys.generate(new SecureRandom());
    DeviceTable device = new DeviceTable(database);
    SignedDeviceList list = list(verified, keys, noise);
    // One transaction around the call: if it is refused, whatever device was here before stays.
    return database.transaction(() -> {
      device.forgetKeys();
      device.begin(new NewDevice(server, serverKey, keys.serialized(), noise));
      PreKeys preKeys = new PreKeys(database, device, keys, InstantSource.system());
      KeySet upload = Server.keySet(preKeys.lasting(), preKeys.fresh(PreKeys.STOCK, PreKeys.STOCK));
      Registered registered =
          registration.register(
              new NewPrimary(
                  session,
                  keys.publicBytes(),
                  ByteString.copyFrom(noise.publicKey()),
                  name,
                  Platform.DESKTOP,
                  upload,
                  list,
                  pin));
      device.registered(registered.address(), registered.registration(), registered.refreshToken());
      var _ = new Peers(database).learn(registered.account(), registered.listVersion(), list);
      return device.find().orElseThrow();
    });
  }

  private static SignedDeviceList list(VerifiedNumber verified, OwnKeys keys, StaticKeys noise) {
    ListedDevice only =
        ListedDevice.newBuilder()
            .setDevice(0)
            .setIdentityKey(keys.publicBytes())
            .setNoiseKey(ByteString.copyFrom(noise.publicKey()))
            .build();
    DeviceList list = DeviceLists.of(verified.account(), verified.nextListVersion(), List.of(only));
    return DeviceLists.sign(list, text -> keys.sign(ByteString.copyFrom(text)).toByteArray());
  }

  @Override
  public void close() {
    api.close();
  }
}
