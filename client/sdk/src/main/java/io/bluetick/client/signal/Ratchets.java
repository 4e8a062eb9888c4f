package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.signal.Opened.Content;
import io.bluetick.client.signal.Opened.Repeated;
import io.bluetick.client.signal.Opened.Unreadable;
import io.bluetick.client.signal.Opened.Untrusted;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.CiphertextKind;
import org.signal.libsignal.protocol.DuplicateMessageException;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidKeyIdException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.InvalidVersionException;
import org.signal.libsignal.protocol.LegacyMessageException;
import org.signal.libsignal.protocol.NoSessionException;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.UntrustedIdentityException;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.kem.KEMPublicKey;
import org.signal.libsignal.protocol.message.CiphertextMessage;
import org.signal.libsignal.protocol.message.PreKeySignalMessage;
import org.signal.libsignal.protocol.message.SignalMessage;
import org.signal.libsignal.protocol.state.PreKeyBundle;
import org.signal.libsignal.protocol.state.SessionRecord;
import org.signal.libsignal.protocol.state.SignalProtocolStore;

/**
 * A double ratchet with each device of each peer. To be used within a transaction: what is
 * encrypted or decrypted moves a ratchet, which must not be forgotten.
 */
public final class Ratchets {
  /**
   * The last device that libsignal has an address for. One more number exists; nobody gives it, and
   * nothing is encrypted for it.
   */
  public static final int LAST_DEVICE = 126;

  private static final int NO_KEY = PreKeyBundle.NULL_PRE_KEY_ID;

  private final Database database;
  private final SignalProtocolStore tables;

  public Ratchets(Database database, OwnKeys keys) {
    this(database, new SignalTables(database, keys.identity(), keys.registration()));
  }

  Ratchets(Database database, SignalProtocolStore tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Whether there can be a session with a device of this number. */
  public static boolean isPossible(int device) {
    return device >= 0 && device <= LAST_DEVICE;
  }

  /** Whether something can be encrypted for it. */
  public boolean isOpen(DeviceAddress device) {
    return tables.containsSession(Addresses.of(device));
  }

  /**
   * Begins a session, in place of the one that was there. False if the keys are not those of the
   * device that its account's list names, or nobody's.
   */
  public boolean begin(Bundle bundle) {
    try {
      Bundle.OneTime oneTime = bundle.oneTime();
      PreKeyBundle keys =
          new PreKeyBundle(
              bundle.registration(),
              Addresses.device(bundle.device()),
              oneTime == null ? NO_KEY : oneTime.id(),
              oneTime == null ? null : new ECPublicKey(oneTime.key().toByteArray()),
              bundle.signed().id(),
              new ECPublicKey(bundle.signed().key().toByteArray()),
              bundle.signed().signature().toByteArray(),
              new IdentityKey(bundle.identity().toByteArray()),
              bundle.kyber().id(),
              new KEMPublicKey(bundle.kyber().key().toByteArray()),
              bundle.kyber().signature().toByteArray());
      new SessionBuilder(tables, Addresses.of(bundle.device())).process(keys);
      return true;
    } catch (InvalidKeyException | UntrustedIdentityException notIts) {
      return false;
    }
  }

  /** The next message begins a new session; what was sealed by the old one can still be read. */
  public void renew(DeviceAddress device) {
    SessionRecord session = tables.loadSession(Addresses.of(device));
    if (session != null) {
      session.archiveCurrentState();
      tables.storeSession(Addresses.of(device), session);
    }
  }

  /** There must be a session that is {@link #isOpen}. */
  public Sealed seal(DeviceAddress device, byte[] content) {
    try {
      CiphertextMessage message = new SessionCipher(tables, Addresses.of(device)).encrypt(content);
      CiphertextKind kind =
          message.getType() == CiphertextMessage.PREKEY_TYPE
              ? CiphertextKind.PRE_KEY
              : CiphertextKind.RATCHET;
      return new Sealed(ByteString.copyFrom(message.serialize()), kind);
    } catch (NoSessionException | UntrustedIdentityException e) {
      throw new IllegalStateException("no session with " + device + ", or not with its key", e);
    }
  }

  /**
   * Reads what a device of a known list has sealed. Whatever an attacker made of it, it ends as a
   * value: the library's own assertions included.
   */
  public Opened open(DeviceAddress device, CiphertextKind kind, ByteString ciphertext) {
    try {
      return database.savepoint(() -> decrypt(device, kind, ciphertext));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      return new Unreadable(e.getClass().getSimpleName());
    }
  }

  private Opened decrypt(DeviceAddress device, CiphertextKind kind, ByteString ciphertext) {
    SessionCipher cipher = new SessionCipher(tables, Addresses.of(device));
    byte[] bytes = ciphertext.toByteArray();
    try {
      return switch (kind) {
        case RATCHET -> new Content(cipher.decrypt(new SignalMessage(bytes)));
        case PRE_KEY -> new Content(cipher.decrypt(new PreKeySignalMessage(bytes)));
        case SENDER_KEY, PLAINTEXT, UNRECOGNIZED -> new Unreadable("of kind " + kind);
      };
    } catch (DuplicateMessageException seen) {
      return new Repeated();
    } catch (UntrustedIdentityException otherKey) {
      return new Untrusted();
    } catch (NoSessionException
        | InvalidMessageException
        | InvalidVersionException
        | InvalidKeyException
        | InvalidKeyIdException
        | LegacyMessageException e) {
      return new Unreadable(e.getClass().getSimpleName());
    }
  }
}
