package io.bluetick.session.account;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.ListedDevice;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A row of {@code device}. */
@Entity
@Table(name = "device")
class Device {
  @EmbeddedId private DeviceKey key;
  private int registration;
  private long sinceVersion;
  private byte[] noiseKey;
  private byte[] identityKey;
  private String name;
  private String platform;
  private Instant createdAt;
  private LocalDate lastSeen;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Device() {}

  /** The next registration of its account, in the list's present version. */
  Device(Account account, int number, NewDevice device, Instant now) {
    this.key = new DeviceKey(account.uuid(), (short) number);
    this.registration = account.nextRegistration();
    this.sinceVersion = account.listVersion();
    this.noiseKey = device.noiseKey().toByteArray();
    this.identityKey = device.identityKey().toByteArray();
    this.name = device.name();
    this.platform = device.platform();
    this.createdAt = now;
    this.lastSeen = now.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  int number() {
    return key.number();
  }

  int registration() {
    return registration;
  }

  void rename(String newName) {
    this.name = newName;
  }

  ListedDevice listed() {
    return ListedDevice.newBuilder()
        .setDevice(number())
        .setIdentityKey(ByteString.copyFrom(identityKey))
        .setNoiseKey(ByteString.copyFrom(noiseKey))
        .build();
  }

  boolean hasKeysOf(NewDevice other) {
    ListedDevice own = listed();
    return own.getIdentityKey().equals(other.identityKey())
        && own.getNoiseKey().equals(other.noiseKey());
  }

  DeviceView view() {
    return new DeviceView(
        number(), registration, sinceVersion, new Label(name, platform), createdAt, lastSeen);
  }
}
