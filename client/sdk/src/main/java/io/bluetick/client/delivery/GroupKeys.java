package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Padding;
import io.bluetick.client.content.SenderKey;
import io.bluetick.client.delivery.Outbox.Unsealed;
import io.bluetick.client.group.OwnKeyTable.OwnKey;
import io.bluetick.client.signal.Peer;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.SendToGroup;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Encrypts for groups: once, with a key that the devices of the members were handed before. Who
 * left, or a device that is no more, must not read on; so then there is a new key.
 */
final class GroupKeys {
  /** After so many messages, or so long, a key is replaced: one that leaked opens no more. */
  static final int USES_LIMIT = 2_000;

  static final Duration AGE_LIMIT = Duration.ofDays(30);

  /** So long a message waits, on a connection, for keys that are to go before it. */
  static final Duration HANDING_LIMIT = Duration.ofSeconds(10);

  /** Lists that are fetched at a time for one group. */
  private static final int LISTS_AT_ONCE = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Tables tables;
  private final KeyDesk desk;
  private final Loop loop;
  private final BooleanSupplier isOnline;

  /** Members that are no accounts any more; until the next start. */
  private final Set<AccountId> nobody = new HashSet<>();

  /** Since when messages of a group wait for keys. */
  private final Map<AccountId, Long> waitingSinceNanos = new HashMap<>();

  GroupKeys(Tables tables, KeyDesk desk, Loop loop, BooleanSupplier isOnline) {
    this.tables = tables;
    this.desk = desk;
    this.loop = loop;
    this.isOnline = isOnline;
  }

  // ---- Handing out -----------------------------------------------------------------------------

  /** Queues the key for those who lack it. A defect in it holds up this group alone. */
  void hand(AccountId group, Turn turn) {
    Turn.Mark mark = turn.mark();
    try {
      tables.database().savepoint(() -> handOut(group, turn));
    } catch (RuntimeException e) {
      if (e instanceof StoreException store && store.kind() != StoreException.Kind.UNSTORABLE) {
        throw e;
      }
      turn.back(mark);
      turn.tell(new ClientEvent.Trouble("a group's key cannot be handed out: " + e));
    }
  }

  private void handOut(AccountId group, Turn turn) {
    UUID distribution = present(group);
    // Whoever is no member is refused by the server, and nobody needs his key.
    if (!isMember(group, tables.account())) {
      return;
    }
    List<AccountId> lacking = tables.groups().ownKeys().lacking(group, tables.own().address());
    if (!lacking.isEmpty()) {
      Content handing = handing(group, distribution);
      lacking.forEach(account -> queue(group, account, devices(account), handing));
    }
    unlisted(group).stream()
        .limit(LISTS_AT_ONCE)
        .filter(account -> !desk.isAsked(account))
        .forEach(account -> desk.askWho(account, turn));
  }

  /** One device has lost the key, or never had it. A key that is to be replaced it need not get. */
  void handAnew(AccountId group, DeviceAddress device) {
    tables
        .groups()
        .ownKeys()
        .find(group)
        .filter(key -> isGood(group, key))
        .ifPresent(key ->
            queue(
                group,
                device.account(),
                Set.of(device.device()),
                handing(group, key.distribution())));
  }

  private boolean isMember(AccountId group, AccountId account) {
    return tables.groups().members().isMemberSince(group, account, Long.MAX_VALUE);
  }

  /** The key to write with: the present one, or a new one if that must not be used any more. */
  private UUID present(AccountId group) {
    Optional<OwnKey> before = tables.groups().ownKeys().find(group);
    if (before.filter(key -> isGood(group, key)).isPresent()) {
      return before.get().distribution();
    }
    before.ifPresent(key -> tables.groups().senderKeys().forget(key.distribution()));
    tables.outbox().forgetHanding(group);
    UUID fresh = tables.groups().senderKeys().begin();
    tables.groups().ownKeys().replace(group, fresh, tables.nowMs());
    return fresh;
  }

  private boolean isGood(AccountId group, OwnKey key) {
    return key.uses() < USES_LIMIT
        && tables.nowMs() - key.madeMs() < AGE_LIMIT.toMillis()
        && !tables.groups().ownKeys().isWithStrangers(group);
  }

  private Content handing(AccountId group, UUID distribution) {
    return Content.newBuilder()
        .setId(AccountId.random(RANDOM).bytes())
        .setAuthor(tables.account().bytes())
        .setWrittenMs(tables.nowMs())
        .setSenderKey(
            SenderKey.newBuilder()
                .setGroup(group.bytes())
                .setDistribution(tables.groups().senderKeys().handing(distribution)))
        .build();
  }

  /** All of its devices but this one: who gets some copies only is told of the others. */
  private Set<Integer> devices(AccountId account) {
    return tables.peers().find(account).map(Peer::devices).orElse(List.of()).stream()
        .filter(device -> !device.equals(tables.own().address()))
        .map(DeviceAddress::device)
        .collect(Collectors.toSet());
  }

  private void queue(AccountId group, AccountId account, Set<Integer> devices, Content handing) {
    tables.outbox().addHanding(account, devices, handing, group);
    devices.forEach(
        device -> tables.groups().ownKeys().handed(group, new DeviceAddress(account, device)));
  }

  private List<AccountId> unlisted(AccountId group) {
    return tables.groups().ownKeys().unlisted(group).stream()
        .filter(account -> !nobody.contains(account))
        .toList();
  }

  /** There is no such account: nobody waits for it. */
  void listRefused(AccountId account) {
    nobody.add(account);
  }

  // ---- Encrypting ------------------------------------------------------------------------------

  /** False if its key is still to be handed out. */
  boolean seal(Unsealed next, Waiting waiting, Turn turn) {
    AccountId group = next.account();
    Optional<OwnKey> key = tables.groups().ownKeys().find(group);
    if (key.isEmpty() || !isHanded(group)) {
      return false;
    }
    byte[] padded = Padding.pad(next.content().toByteArray());
    ByteString ciphertext = tables.groups().senderKeys().seal(key.get().distribution(), padded);
    long version = tables.groups().members().version(group);
    SendToGroup send =
        SendToGroup.newBuilder()
            .setCounter(tables.device().nextCounter())
            .setGroup(group.bytes())
            .setMembershipVersion(version)
            .setCiphertext(ciphertext)
            .setPriority(next.isShown() ? Priority.URGENT : Priority.BACKGROUND)
            .build();
    byte[] frame = Frames.encode(ClientFrameType.SEND_TO_GROUP, send);
    tables.outbox().sealed(next.id(), send.getCounter(), frame);
    waiting.add(next.id(), send.getCounter(), turn);
    tables.outbox().sent(send.getCounter(), next, tables.nowMs());
    tables.groups().ticks().sent(send.getCounter(), version);
    tables.groups().ownKeys().used(group);
    return true;
  }

  /**
   * Whether the key is on its way to all. One member whose keys cannot be had must not hold up the
   * others for long: his devices ask for what they could not read.
   */
  private boolean isHanded(AccountId group) {
    if (!isMember(group, tables.account())
        || (unlisted(group).isEmpty() && !tables.outbox().isHanding(group))) {
      waitingSinceNanos.remove(group);
      return true;
    }
    if (!isOnline.getAsBoolean()) {
      waitingSinceNanos.remove(group);
      return false;
    }
    Long sinceNanos = waitingSinceNanos.putIfAbsent(group, System.nanoTime());
    if (sinceNanos == null) {
      loop.later(HANDING_LIMIT, _ -> {});
      return false;
    }
    return System.nanoTime() - sinceNanos >= HANDING_LIMIT.toNanos();
  }
}
