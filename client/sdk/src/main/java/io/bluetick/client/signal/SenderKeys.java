package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.Optional;
import java.util.UUID;
import org.signal.libsignal.protocol.DuplicateMessageException;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.InvalidVersionException;
import org.signal.libsignal.protocol.LegacyMessageException;
import org.signal.libsignal.protocol.NoSessionException;
import org.signal.libsignal.protocol.groups.GroupCipher;
import org.signal.libsignal.protocol.groups.GroupSessionBuilder;
import org.signal.libsignal.protocol.message.SenderKeyDistributionMessage;

/**
 * Keys that encrypt once for a whole group: one of each device that writes, handed to the others
 * pairwise. To be used within a transaction, as {@link Ratchets}.
 *
 * <p>Whoever gets a key can read what is encrypted from then on, and nothing from before: a key
 * only moves forward.
 */
public final class SenderKeys {
  /** Of one device for one group: what was sent by the last ones may still be on its way. */
  static final int KEPT_FOR_GROUP = 4;

  /** Of one device in all, known by when they were taken. What is forgotten is asked for again. */
  static final int KEPT_FOR_DEVICE = 4_000;

  private final Database database;
  private final SignalTables tables;
  private final DeviceAddress own;

  public SenderKeys(Database database, OwnKeys keys, DeviceAddress own) {
    this.database = database;
    this.tables = new SignalTables(database, keys.identity(), keys.registration());
    this.own = own;
  }

  // ---- Own keys --------------------------------------------------------------------------------

  /** Makes a key; the answer names it. */
  public UUID begin() {
    UUID distribution = UUID.randomUUID();
    var _ = handing(distribution);
    return distribution;
  }

  /** What another device needs to read what is encrypted from now on. */
  public ByteString handing(UUID distribution) {
    return ByteString.copyFrom(
        new GroupSessionBuilder(tables).create(Addresses.of(own), distribution).serialize());
  }

  public ByteString seal(UUID distribution, byte[] content) {
    try {
      return ByteString.copyFrom(
          new GroupCipher(tables, Addresses.of(own)).encrypt(distribution, content).serialize());
    } catch (NoSessionException e) {
      throw new IllegalStateException("no own sender key " + distribution, e);
    }
  }

  /** Nothing is encrypted by it any more. */
  public void forget(UUID distribution) {
    database.run(
        "DELETE FROM sender_key WHERE account = ? AND device = ? AND distribution = ?",
        own.account().bytes(),
        own.device(),
        SignalTables.bytes(distribution));
  }

  // ---- Others' keys ----------------------------------------------------------------------------

  /**
   * Takes the key of the device that handed it out; false if it is none. A key that is known stays
   * as it is: nobody turns it back.
   */
  public boolean take(DeviceAddress from, AccountId group, ByteString handing) {
    try {
      database.savepoint(() -> process(from, group, handing));
      return true;
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError noKey) {
      return false;
    }
  }

  private void process(DeviceAddress from, AccountId group, ByteString handing) {
    UUID distribution;
    try {
      SenderKeyDistributionMessage key = new SenderKeyDistributionMessage(handing.toByteArray());
      distribution = key.getDistributionId();
      new GroupSessionBuilder(tables).process(Addresses.of(from), key);
    } catch (InvalidMessageException
        | InvalidVersionException
        | LegacyMessageException
        | InvalidKeyException e) {
      throw new IllegalArgumentException("no sender key", e);
    }
    database.run(
        "UPDATE sender_key SET group_id = ?, taken = (SELECT max(taken) + 1 FROM sender_key"
            + " WHERE account = ? AND device = ?)"
            + " WHERE account = ? AND device = ? AND distribution = ?",
        group.bytes(),
        from.account().bytes(),
        from.device(),
        from.account().bytes(),
        from.device(),
        SignalTables.bytes(distribution));
    prune(from, group);
  }

  private void prune(DeviceAddress from, AccountId group) {
    database.run(
        "DELETE FROM sender_key WHERE account = ? AND device = ? AND group_id = ?"
            + " AND distribution NOT IN (SELECT distribution FROM sender_key"
            + " WHERE account = ? AND device = ? AND group_id = ? ORDER BY taken DESC LIMIT ?)",
        from.account().bytes(),
        from.device(),
        group.bytes(),
        from.account().bytes(),
        from.device(),
        group.bytes(),
        KEPT_FOR_GROUP);
    database.run(
        "DELETE FROM sender_key WHERE account = ? AND device = ? AND taken <= "
            + "(SELECT max(taken) FROM sender_key WHERE account = ? AND device = ?) - ?",
        from.account().bytes(),
        from.device(),
        from.account().bytes(),
        from.device(),
        KEPT_FOR_DEVICE);
  }

  /** Reads what a device encrypted for a group; empty if its key is not here. */
  public Optional<Opened> open(DeviceAddress from, ByteString ciphertext) {
    try {
      return database.savepoint(() -> decrypt(from, ciphertext));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(new Opened.Unreadable(e.getClass().getSimpleName()));
    }
  }

  private Optional<Opened> decrypt(DeviceAddress from, ByteString ciphertext) {
    try {
      byte[] content =
          new GroupCipher(tables, Addresses.of(from)).decrypt(ciphertext.toByteArray());
      return Optional.of(new Opened.Content(content));
    } catch (NoSessionException noKey) {
      return Optional.empty();
    } catch (DuplicateMessageException seen) {
      return Optional.of(new Opened.Repeated());
    } catch (InvalidMessageException | LegacyMessageException e) {
      return Optional.of(new Opened.Unreadable(e.getClass().getSimpleName()));
    }
  }
}
