package io.bluetick.client;

import com.google.protobuf.ByteString;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.DeviceLists;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.linking.Primary;
import io.bluetick.client.rest.AccessTokens;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.client.rest.LinkingApi.Linked;
import io.bluetick.client.rest.LinkingApi.NewCompanion;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.Peer;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.signal.Signatures;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The devices of this account. Answers come from the server, so they take a while; what it refuses
 * ends the future with an {@link io.bluetick.client.rest.ApiException}.
 */
public final class Devices {
  private final OwnDevice own;
  private final OwnKeys keys;
  private final Engine engine;
  private final DeviceApi devices;
  private final LinkingApi linking;
  private final ExecutorService away = Executors.newVirtualThreadPerTaskExecutor();

  Devices(OwnDevice own, Engine engine, Api api, AccessTokens tokens) {
    this.own = own;
    this.keys = OwnKeys.of(own.identity(), own.registration());
    this.engine = engine;
    this.devices = new DeviceApi(api, tokens);
    this.linking = new LinkingApi(api, tokens);
  }

  /** All of them, the primary first. */
  public CompletableFuture<List<Device>> list() {
    return away(() -> devices.list().devices());
  }

  /**
   * Takes a companion into the account, by what its code says. For the primary.
   *
   * <p>Ends with a {@link io.bluetick.client.linking.LinkingException} if the code is none, or the
   * server shows other keys than those of the code.
   */
  public CompletableFuture<Linked> link(String scanned) {
    return away(() -> {
      LinkingCode code = LinkingCode.parse(scanned);
      Primary primary =
          new Primary(
              own.address().account(),
              keys.publicBytes(),
              this::sign,
              Signatures::verify,
              new SecureRandom());
      NewCompanion companion =
          primary.take(code, linking.readOffer(code.addressText()), devices.list(), knownVersion());
      Linked linked = linking.link(companion);
      learn(linked.listVersion(), companion.signedList());
      return linked;
    });
  }

  /** Puts a companion out, and tells everybody by a list that is signed anew. For the primary. */
  public CompletableFuture<Boolean> remove(int number) {
    return away(() -> {
      removeUnlessGone(number);
      DeviceApi.Devices present = devices.list();
      DeviceList signed =
          DeviceLists.verified(
              present.signedList(),
              own.address().account(),
              keys.publicBytes(),
              Signatures::verify);
      SignedDeviceList next =
          DeviceLists.sign(DeviceLists.remaining(signed, signed.getVersion(), present), this::sign);
      learn(devices.sign(next), next);
      return true;
    });
  }

  /** Gone already, if the list could not be signed when it was removed before. */
  private void removeUnlessGone(int number) {
    try {
      devices.remove(number);
    } catch (RefusedException e) {
      if (!e.is(ErrorCode.NOT_FOUND)) {
        throw e;
      }
    }
  }

  /** Of the newest list that this device has signed or seen. */
  private long knownVersion() {
    return engine
        .with(database ->
            new Peers(database).find(own.address().account()).map(Peer::listVersion).orElse(0L))
        .join();
  }

  private void learn(long version, SignedDeviceList list) {
    var _ =
        engine
            .with(database -> new Peers(database).learn(own.address().account(), version, list))
            .join();
  }

  private byte[] sign(byte[] text) {
    return keys.sign(ByteString.copyFrom(text)).toByteArray();
  }

  private <T> CompletableFuture<T> away(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, away);
  }

  void close() {
    away.shutdownNow();
  }
}
