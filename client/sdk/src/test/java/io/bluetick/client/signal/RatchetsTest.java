package io.bluetick.client.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.CiphertextKind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.SignalProtocolAddress;
import org.signal.libsignal.protocol.ecc.ECKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;
import org.signal.libsignal.protocol.state.PreKeyBundle;
import org.signal.libsignal.protocol.state.SessionRecord;
import org.signal.libsignal.protocol.state.impl.InMemorySignalProtocolStore;

class RatchetsTest {
  private static final DeviceAddress ANN = new DeviceAddress(new AccountId(0, 1), 0);

  @TempDir private Path folder;

  /**
   * No bytes were found that make libsignal 0.86.5 assert, so the assertion is put where its native
   * code would raise one: in the midst of decrypting.
   */
  @Test
  void an_assertion_of_the_library_is_a_message_that_cannot_be_read() {
    OwnKeys own = OwnKeys.generate();
    Database database =
        Database.open(folder.resolve("store"), DatabaseKey.generate(new SecureRandom()), List.of());
    try (database) {
      database.transaction(() -> database.run("CREATE TABLE moved (by TEXT)"));
      Ratchets ratchets = new Ratchets(database, new Asserting(own, database));
      Opened opened =
          database.transaction(
              () -> ratchets.open(ANN, CiphertextKind.PRE_KEY, firstMessageTo(own)));
      assertThat(opened).isEqualTo(new Opened.Unreadable("AssertionError"));
      assertThat(database.all("SELECT by FROM moved", row -> row.text(1))).isEmpty();
    }
  }

  /** Writes something, and then fails as the library's own code does. */
  private static final class Asserting extends InMemorySignalProtocolStore {
    private final Database database;

    Asserting(OwnKeys own, Database database) {
      super(own.identity(), 1);
      this.database = database;
    }

    @Override
    public SessionRecord loadSession(SignalProtocolAddress address) {
      database.run("INSERT INTO moved VALUES (?)", "a message");
      throw new AssertionError("as libsignal does");
    }
  }

  private static ByteString firstMessageTo(OwnKeys own) {
    try {
      ECKeyPair curve = ECKeyPair.generate();
      KEMKeyPair kyber = KEMKeyPair.generate(KEMKeyType.KYBER_1024);
      OwnKeys ann = OwnKeys.generate();
      SignalProtocolAddress address = new SignalProtocolAddress("bob", 1);
      InMemorySignalProtocolStore store = new InMemorySignalProtocolStore(ann.identity(), 1);
      new SessionBuilder(store, address)
          .process(
              new PreKeyBundle(
                  1,
                  1,
                  PreKeyBundle.NULL_PRE_KEY_ID,
                  null,
                  1,
                  curve.getPublicKey(),
                  signature(own, curve.getPublicKey().serialize()),
                  own.publicKey(),
                  1,
                  kyber.getPublicKey(),
                  signature(own, kyber.getPublicKey().serialize())));
      return ByteString.copyFrom(
          new SessionCipher(store, address).encrypt(new byte[160]).serialize());
    } catch (org.signal.libsignal.protocol.InvalidKeyException
        | org.signal.libsignal.protocol.NoSessionException
        | org.signal.libsignal.protocol.UntrustedIdentityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] signature(OwnKeys keys, byte[] text) {
    return keys.sign(ByteString.copyFrom(text)).toByteArray();
  }
}
