package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.Caller;
import io.bluetick.session.key.KeyTables.Owner;
import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The pre-keys of a device, as the device itself sees them.
 *
 * <p>A one-time key comes once and goes once. Its device counts ids upwards, and the highest that
 * ever came is remembered; so an upload whose answer got lost can be repeated even if some of its
 * keys have been handed out meanwhile, and none of them comes back.
 */
@Service
public class Keys {
  /** One-time keys of one kind that a device may have here. */
  public static final int STOCK_LIMIT = 100;

  /** With fewer left a device is told to bring more. */
  public static final int LOW = 20;

  private final KeyTables tables;
  private final EntityManager entities;
  private final TransactionTemplate transaction;

  Keys(KeyTables tables, EntityManager entities, TransactionTemplate transaction) {
    this.tables = tables;
    this.entities = entities;
    this.transaction = transaction;
  }

  /**
   * The first keys of a device that the same transaction has made. Throws {@code invalid} unless
   * the keys that are not used up are there, and what {@link KeySet#verify} throws.
   */
  @Transactional
  public void store(AccountId account, int device, KeySet keys) {
    if (keys.signedPreKey() == null || keys.lastResortKyber() == null) {
      throw new BluetickException(
          ErrorCode.INVALID, "A device comes with 'signedPreKey' and 'lastResortKyber'.");
    }
    entities.flush(); // What the transaction made may not have reached the database yet.
    DeviceAddress address = new DeviceAddress(account, device);
    Owner owner = tables.lockOwner(address).orElseThrow(Keys::gone);
    keys.verify(owner.identityKey());
    put(address, keys);
  }

  KeyCounts upload(Caller caller, KeySet keys) {
    Owner owner = owner(tables.owner(caller.address()), caller);
    keys.verify(owner.identityKey());
    return transaction.execute(_ -> {
      owner(tables.lockOwner(caller.address()), caller);
      put(caller.address(), keys);
      return tables.counts(caller.address());
    });
  }

  KeyCounts counts(Caller caller) {
    return tables.counts(caller.address());
  }

  /** Whether the digest is that of the caller's identity key and the keys that are not used up. */
  @Transactional(readOnly = true)
  public boolean isConsistent(Caller caller, ByteString sha256) {
    Owner owner = owner(tables.owner(caller.address()), caller);
    Optional<SignedEcKey> signed = tables.signedPreKey(caller.address());
    Optional<KyberKey> lastResort = tables.lastResort(caller.address());
    if (signed.isEmpty() || lastResort.isEmpty()) {
      return false;
    }
    MessageDigest digest = sha256();
    digest.update(owner.identityKey().toByteArray());
    digest.update(bigEndian(signed.get().id()));
    digest.update(signed.get().publicKey().toByteArray());
    digest.update(bigEndian(lastResort.get().id()));
    digest.update(lastResort.get().publicKey().toByteArray());
    return MessageDigest.isEqual(digest.digest(), sha256.toByteArray());
  }

  private void put(DeviceAddress device, KeySet keys) {
    SignedEcKey signed = keys.signedPreKey();
    if (signed != null) {
      tables.putSigned(device, Kind.EC, signed.id(), signed.publicKey(), signed.signature());
    }
    KyberKey last = keys.lastResortKyber();
    if (last != null) {
      tables.putSigned(device, Kind.KYBER, last.id(), last.publicKey(), last.signature());
    }
    add(device, Kind.EC, keys.ecOneTime().stream().map(StockRow::of).toList());
    add(device, Kind.KYBER, keys.kyberOneTime().stream().map(StockRow::of).toList());
  }

  private void add(DeviceAddress device, Kind kind, List<StockRow> keys) {
    int lastId = tables.lockStock(device, kind);
    if (keys.isEmpty()) {
      return;
    }
    refuseOthers(kind, keys, tables.stocked(device, kind, keys));
    List<StockRow> fresh = keys.stream().filter(key -> key.id() > lastId).toList();
    if (fresh.isEmpty()) {
      return;
    }
    KeyCounts counts = tables.counts(device);
    int present = kind == Kind.EC ? counts.ecOneTime() : counts.kyberOneTime();
    int stock = present + fresh.size();
    if (stock > STOCK_LIMIT) {
      throw new BluetickException(
          ErrorCode.TOO_MANY,
          "%d one-time keys of this kind (%s) are in stock, and no more than %d may be."
              .formatted(present, kind.column(), STOCK_LIMIT));
    }
    tables.add(device, kind, fresh);
    int highest = fresh.stream().mapToInt(StockRow::id).max().orElseThrow();
    tables.raise(device, kind, highest, stock < LOW);
  }

  /** The same key again is fine, even if it was signed anew. */
  private static void refuseOthers(
      Kind kind, List<StockRow> keys, Map<Integer, ByteString> stocked) {
    for (StockRow key : keys) {
      if (!stocked.getOrDefault(key.id(), key.publicKey()).equals(key.publicKey())) {
        throw new BluetickException(
            ErrorCode.CONFLICT,
            "Another one-time key (%s) has the id %d.".formatted(kind.column(), key.id()));
      }
    }
  }

  private static Owner owner(Optional<Owner> found, Caller caller) {
    return found
        .filter(owner -> owner.registration() == caller.registration())
        .orElseThrow(Keys::gone);
  }

  private static BluetickException gone() {
    return new BluetickException(
        ErrorCode.UNAUTHENTICATED, "This device is not one of its account any more.");
  }

  private static byte[] bigEndian(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
