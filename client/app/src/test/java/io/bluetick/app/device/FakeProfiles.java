package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Profiles in memory, which any passphrase opens. */
public final class FakeProfiles implements Profiles {
  public static final LinkingCode CODE =
      new LinkingCode(bytes(16), bytes(32), ByteString.copyFromUtf8("c".repeat(32)));

  public final Map<String, FakeDevice> devices = new HashMap<>();
  public String registered = "";
  public String passphrase = "";
  public String offered = "";

  /** What comes of waiting for the primary, one after the other; nothing at the end. */
  public final Deque<Supplier<Optional<OwnDevice>>> answers = new ArrayDeque<>();

  private static ByteString bytes(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  @Override
  public boolean exists(String name) {
    return devices.containsKey(name);
  }

  @Override
  public Device open(String name, char[] typed) {
    passphrase = new String(typed);
    return devices.computeIfAbsent(name, _ -> FakeDevice.withAnna().unregistered());
  }

  @Override
  public Verification begin(Device device, URI server, String number) {
    return new Verification() {
      @Override
      public String session() {
        return "beef";
      }

      @Override
      public OwnDevice finish(String code, String name, @Nullable String pin) {
        registered = "%s %s %s %s %s".formatted(server, number, code, name, pin);
        return ownDevice();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Offering offer(Device device, URI server, String name) {
    offered = server + " " + name;
    return new Offering() {
      @Override
      public LinkingCode code() {
        return CODE;
      }

      @Override
      public Optional<OwnDevice> finish(Duration wait) {
        return answers.isEmpty() ? Optional.empty() : answers.removeFirst().get();
      }

      @Override
      public void close() {
        offered += " closed";
      }
    };
  }

  public static OwnDevice ownDevice() {
    return companion(0);
  }

  /** A device of the same account. */
  public static OwnDevice companion(int number) {
    return new OwnDevice(
        URI.create("http://127.0.0.1:8080"),
        ByteString.EMPTY,
        new DeviceAddress(FakeDevice.SELF, number),
        1,
        ByteString.EMPTY,
        StaticKeys.generate(new SecureRandom()));
  }

  static DeviceApi.Device listed(int number, String name) {
    return new DeviceApi.Device(
        number, 1, name, "desktop", FakeDevice.NOON, LocalDate.of(2026, 11, 20));
  }
}
