package io.bluetick.client.device;

import io.bluetick.client.store.Database;
import io.bluetick.client.store.Queries;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;
import java.util.Optional;

/** The one row of {@code device}. What it counts only grows. */
public final class DeviceTable {
  private final Database database;

  public DeviceTable(Database database) {
    this.database = database;
  }

  // ---- Becoming a device -----------------------------------------------------------------------

  /** Makes the row, or makes it anew: whatever device was here before is forgotten. */
  public void begin(NewDevice device) {
    database.run("DELETE FROM device");
    database.run(
        "INSERT INTO device (one, server, server_key, identity, noise) VALUES (1, ?, ?, ?, ?)",
        device.server().toString(),
        device.serverKey(),
        device.identity(),
        device.noise().privateKey());
  }

  /** The device that is not registered yet. */
  public Optional<NewDevice> begun() {
    return database.first(
        "SELECT server, server_key, identity, noise FROM device WHERE account IS NULL",
        row ->
            new NewDevice(
                URI.create(row.text(1)),
                row.bytes(2),
                row.bytes(3),
                StaticKeys.ofPrivate(row.bytes(4).toByteArray())));
  }

  /** The server took it, with the keys that it has by now. */
  public void registered(DeviceAddress address, int registration, String refreshToken) {
    database.run(
        "UPDATE device SET account = ?, number = ?, registration = ?, refresh_token = ?,"
            + " pre_keys_confirmed = pre_key_id",
        address.account().bytes(),
        address.device(),
        registration,
        refreshToken);
  }

  public Optional<OwnDevice> find() {
    return find(database);
  }

  /** The registered device; may be read beside the thread that writes. */
  public static Optional<OwnDevice> find(Queries database) {
    return database.first(
        "SELECT server, server_key, account, number, registration, identity, noise FROM device"
            + " WHERE account IS NOT NULL",
        DeviceTable::device);
  }

  private static OwnDevice device(Row row) {
    return new OwnDevice(
        URI.create(row.text(1)),
        row.bytes(2),
        new DeviceAddress(AccountId.of(row.bytes(3)), row.integer(4)),
        row.integer(5),
        row.bytes(6),
        StaticKeys.ofPrivate(row.bytes(7).toByteArray()));
  }

  // ---- What it counts --------------------------------------------------------------------------

  /** The number of the next connection. */
  public long nextAttempt() {
    return next("attempts", 1);
  }

  /** The counter of the next message. */
  public long nextCounter() {
    return next("counter", 1);
  }

  /** The first of so many ids for pre-keys. */
  public int nextPreKeyIds(int count) {
    return Math.toIntExact(next("pre_key_id", count)) - count + 1;
  }

  /** Up to this id the server has the one-time keys. */
  public long preKeysConfirmed() {
    return number("pre_keys_confirmed");
  }

  public void confirmPreKeys(long id) {
    database.run("UPDATE device SET pre_keys_confirmed = max(pre_keys_confirmed, ?)", id);
  }

  private long next(String column, int count) {
    database.run("UPDATE device SET " + column + " = " + column + " + ?", count);
    return number(column);
  }

  /** Up to here all stanzas are in this store. */
  public long acknowledged() {
    return number("acknowledged");
  }

  public void acknowledge(long sequence) {
    database.run("UPDATE device SET acknowledged = max(acknowledged, ?)", sequence);
  }

  /** How much the server's clock is ahead of ours. */
  public long clockOffsetMs() {
    return number("clock_offset_ms");
  }

  public void clockOffset(long offsetMs) {
    database.run("UPDATE device SET clock_offset_ms = ?", offsetMs);
  }

  private long number(String column) {
    return database
        .first("SELECT " + column + " FROM device", row -> row.number(1))
        .orElseThrow(() -> new IllegalStateException("there is no device"));
  }

  // ---- Tokens ----------------------------------------------------------------------------------

  public Optional<String> refreshToken() {
    return database.first(
        "SELECT refresh_token FROM device WHERE refresh_token IS NOT NULL", row -> row.text(1));
  }

  public void refreshToken(String token) {
    database.run("UPDATE device SET refresh_token = ?", token);
  }

  /**
   * Whoever registers anew begins with new keys. What was said stays; what was not sent yet failed,
   * and of what was sent nothing is heard any more.
   */
  public void forgetKeys() {
    database.run("DELETE FROM pre_key");
    database.run("DELETE FROM kyber_use");
    database.run("DELETE FROM session");
    database.run("DELETE FROM sender_key");
    database.run("DELETE FROM outbox");
    database.run("DELETE FROM sent");
    database.run("DELETE FROM parked");
    database.run("DELETE FROM group_key");
    database.run("DELETE FROM held");
    database.run("UPDATE message SET tick = -1 WHERE tick = 0");
  }
}
