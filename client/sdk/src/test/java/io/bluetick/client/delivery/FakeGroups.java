package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.group.Group;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.SendToGroup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The groups of the {@link FakeServer}, which calls it on its thread. */
final class FakeGroups {
  private final FakeServer server;
  private final Map<AccountId, Group> groups = new HashMap<>();
  private boolean isAltered;
  private Optional<AccountId> misnamed = Optional.empty();

  FakeGroups(FakeServer server) {
    this.server = server;
  }

  /** The group as the server has it from now on. */
  void put(Group group) {
    synchronized (server) {
      groups.put(group.id(), group);
    }
  }

  /** The next copy that it delivers is not what was sent. */
  void alterNext() {
    synchronized (server) {
      isAltered = true;
    }
  }

  /** The next message is delivered as one of another group. */
  void nameNext(AccountId other) {
    synchronized (server) {
      misnamed = Optional.of(other);
    }
  }

  void send(
      FakeLine from, AccountId id, long version, SendToGroup send, Collection<FakeBox> boxes) {
    Group group = groups.get(id);
    if (group == null || !group.members().contains(from.device().account())) {
      server.put(
          from.device(),
          Rejected.newBuilder()
              .setCounter(send.getCounter())
              .setCode(group == null ? "not-found" : "forbidden")
              .build());
      return;
    }
    if (group.version() != version) {
      server.put(from.device(), changed(group));
    }
    DeviceCiphertext copy =
        DeviceCiphertext.newBuilder()
            .setCiphertext(isAltered ? flipped(send.getCiphertext()) : send.getCiphertext())
            .setKind(CiphertextKind.SENDER_KEY)
            .build();
    isAltered = false;
    AccountId named = misnamed.orElse(id);
    misnamed = Optional.empty();
    for (FakeBox box : boxes) {
      if (group.members().contains(box.address.account())
          && !box.address.equals(from.device())
          && box.seen.putIfAbsent(server.id(from, send.getCounter()), 1L) == null) {
        server.put(
            box.address,
            server.message(from, send.getCounter(), copy).toBuilder()
                .setGroupId(named.bytes())
                .build());
      }
    }
  }

  private static Change changed(Group group) {
    return Change.newBuilder()
        .setKind(ChangeKind.GROUP)
        .setSubject(group.id().bytes())
        .setVersion(group.version())
        .build();
  }

  private static ByteString flipped(ByteString ciphertext) {
    byte[] bytes = ciphertext.toByteArray();
    bytes[bytes.length - 80] ^= 1;
    return ByteString.copyFrom(bytes);
  }
}
