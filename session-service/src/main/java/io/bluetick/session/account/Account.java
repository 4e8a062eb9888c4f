package io.bluetick.session.account;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code account}. Who changes it, or any of its devices, has locked it: the list of
 * devices changes in one order.
 */
@Entity
@Table(name = "account")
class Account {
  @Id private UUID id;
  private byte[] numberHash;
  private byte[] numberSealed;
  private long listVersion;
  private byte[] list;
  private byte[] listSignature;
  private int registrations;
  private @Nullable Instant suspendedAt;
  private Instant createdAt;
  private LocalDate lastSeen;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Account() {}

  @SuppressWarnings("NullAway.Init") // The list comes with the first device.
  Account(AccountId id, ByteString numberHash, ByteString numberSealed, Instant now) {
    this.id = AccountIds.uuid(id);
    this.createdAt = now;
    this.lastSeen = now.atOffset(ZoneOffset.UTC).toLocalDate();
    setNumber(numberHash, numberSealed);
  }

  AccountId id() {
    return AccountIds.of(id);
  }

  UUID uuid() {
    return id;
  }

  ByteString numberHash() {
    return ByteString.copyFrom(numberHash);
  }

  ByteString numberSealed() {
    return ByteString.copyFrom(numberSealed);
  }

  final void setNumber(ByteString hash, ByteString sealed) {
    this.numberHash = hash.toByteArray();
    this.numberSealed = sealed.toByteArray();
  }

  long listVersion() {
    return listVersion;
  }

  SignedDeviceList list() {
    return SignedDeviceList.newBuilder()
        .setList(ByteString.copyFrom(list))
        .setSignature(ByteString.copyFrom(listSignature))
        .build();
  }

  /** The devices changed, or their signature: the next version. */
  long nextListVersion() {
    return ++listVersion;
  }

  void setList(SignedDeviceList signed) {
    this.list = signed.getList().toByteArray();
    this.listSignature = signed.getSignature().toByteArray();
  }

  int registrations() {
    return registrations;
  }

  int nextRegistration() {
    return ++registrations;
  }

  boolean isSuspended() {
    return suspendedAt != null;
  }

  void setSuspendedAt(@Nullable Instant when) {
    this.suspendedAt = when;
  }

  @Nullable Instant suspendedAt() {
    return suspendedAt;
  }

  Instant createdAt() {
    return createdAt;
  }

  LocalDate lastSeen() {
    return lastSeen;
  }
}
