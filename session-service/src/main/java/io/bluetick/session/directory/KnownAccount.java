package io.bluetick.session.directory;

import com.google.protobuf.ByteString;
import io.bluetick.directory.DeviceList;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.KnownDevice;
import io.bluetick.protocol.v1.KnownDevices;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must be known of an account to let its devices in; nothing of one that does not exist. */
final class KnownAccount {
  /** No such account. */
  static final KnownAccount NONE = new KnownAccount(0, Standing.GOOD, List.of());

  enum Standing {
    GOOD,
    SUSPENDED
  }

  /**
   * A device.
   *
   * @param createdMs when this registration came
   * @param lastSeen as PostgreSQL knew it
   */
  record Registered(
      int number,
      int registration,
      long sinceVersion,
      ByteString noiseKey,
      long createdMs,
      LocalDate lastSeen) {

    KnownDevice toProto() {
      return KnownDevice.newBuilder()
          .setDevice(number)
          .setRegistration(registration)
          .setSinceVersion(sinceVersion)
          .build();
    }
  }

  private final Standing standing;
  private final Map<Integer, Registered> devices;
  private final KnownDevices known;
  private final Optional<DeviceList> list;

  KnownAccount(long listVersion, Standing standing, List<Registered> devices) {
    this.standing = standing;
    this.devices =
        new TreeMap<>(devices.stream().collect(Collectors.toMap(Registered::number, one -> one)));
    KnownDevices.Builder all = KnownDevices.newBuilder().setVersion(listVersion);
    this.devices.values().forEach(device -> all.addDevices(device.toProto()));
    this.known = all.build();
    this.list = listVersion == 0 ? Optional.empty() : Optional.of(new DeviceList(known));
  }

  boolean exists() {
    return list.isPresent();
  }

  /** The list as Redis keeps it, of an account that exists. */
  DeviceList list() {
    return list.orElseThrow();
  }

  /** The list as others are told it. */
  KnownDevices devices() {
    return known;
  }

  /** Why this device may have no session, if it may not. */
  Optional<ErrorCode> refusal(int number) {
    if (!devices.containsKey(number)) {
      return Optional.of(ErrorCode.UNAUTHENTICATED);
    }
    return standing == Standing.SUSPENDED ? Optional.of(ErrorCode.SUSPENDED) : Optional.empty();
  }

  /** Why who shows this key may not be let in as this device, if it may not. */
  Optional<ErrorCode> refusal(int number, ByteString shown) {
    Registered device = devices.get(number);
    return device == null || !device.noiseKey().equals(shown)
        ? Optional.of(ErrorCode.UNAUTHENTICATED)
        : refusal(number);
  }

  /** A device that is not refused. */
  Registered device(int number) {
    return Objects.requireNonNull(devices.get(number));
  }
}
