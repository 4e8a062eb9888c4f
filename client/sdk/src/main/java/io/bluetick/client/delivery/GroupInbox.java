package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.Origin;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Padding;
import io.bluetick.client.content.SenderKey;
import io.bluetick.client.delivery.HeldTable.Held;
import io.bluetick.client.group.Group;
import io.bluetick.client.signal.Opened;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The way in of what is said in groups. A message whose key is not here yet is held, as keys and
 * messages come by different ways; when the key does not come soon, its sender is asked. A message
 * of somebody who is no member is held too, until a newer membership is known: then it is shown, or
 * nobody's.
 *
 * <p>Only what the group itself delivered is shown. An answer is taken for its message, in its
 * place and at its time.
 */
final class GroupInbox {
  /** Of one account. The oldest goes for the next one. */
  static final int HELD_LIMIT = 500;

  /** So long a key may come after the first message that needs it. */
  static final Duration KEY_GRACE = Duration.ofSeconds(2);

  private final Tables tables;
  private final Loop loop;
  private final Sending sending;

  GroupInbox(Tables tables, Loop loop, Sending sending) {
    this.tables = tables;
    this.loop = loop;
    this.sending = sending;
  }

  /** What becomes of a message. */
  private enum Fate {
    TAKEN,
    OF_A_STRANGER,
    WITHOUT_KEY,
    UNREADABLE
  }

  // ---- Membership ------------------------------------------------------------------------------

  /** Takes a group as it is now; false if it is not news. */
  boolean know(Group group, Turn turn) {
    if (tables.peers().find(group.id()).isPresent()) {
      throw new IllegalArgumentException("an account has the id " + group.id());
    }
    if (!tables.groups().members().know(group, tables.nowMs())) {
      return false;
    }
    tables.groups().held().in(group.id()).forEach(held -> retry(held, turn));
    // Nobody waits any more for who left.
    for (long message : tables.groups().ticks().underWay(group.id())) {
      tables
          .groups()
          .ticks()
          .overall(message)
          .map(tick -> tables.conversations().came(message, tick))
          .ifPresent(change -> Changes.tell(change, turn));
    }
    return true;
  }

  // ---- What the group delivers -----------------------------------------------------------------

  /** A message that is new, of a device that its account lists. */
  void message(Held message, Turn turn) {
    switch (open(message, turn)) {
      case TAKEN -> {
        // In the store.
      }
      case OF_A_STRANGER -> {
        hold(message, turn);
        turn.tell(new ClientEvent.GroupChanged(message.group(), 0));
      }
      case WITHOUT_KEY -> askLater(hold(message, turn).id());
      case UNREADABLE -> ask(hold(message, turn), turn);
    }
  }

  private void retry(Held held, Turn turn) {
    switch (open(held, turn)) {
      case TAKEN -> tables.groups().held().remove(held.id());
      case OF_A_STRANGER -> {
        if (held.version() < tables.groups().members().version(held.group())) {
          tables.groups().held().remove(held.id());
          turn.tell(new ClientEvent.Unreadable(held.device().account(), false));
        }
      }
      case WITHOUT_KEY -> askLater(held.id());
      case UNREADABLE -> ask(held, turn);
    }
  }

  private Fate open(Held message, Turn turn) {
    if (!isOfMember(message)) {
      return Fate.OF_A_STRANGER;
    }
    Optional<Opened> opened =
        tables.groups().senderKeys().open(message.device(), message.ciphertext());
    if (opened.isEmpty()) {
      return Fate.WITHOUT_KEY;
    }
    return switch (opened.get()) {
      case Opened.Content(var bytes) -> {
        opened(message, bytes, turn);
        yield Fate.TAKEN;
      }
      // A key that was handed anew does not open what was before it.
      case Opened.Repeated _, Opened.Untrusted _, Opened.Unreadable _ -> Fate.UNREADABLE;
    };
  }

  private boolean isOfMember(Held message) {
    return tables
        .groups()
        .members()
        .mayWrite(message.group(), message.device().account(), message.atMs());
  }

  private void opened(Held message, byte[] padded, Turn turn) {
    Optional<Content> content = content(padded);
    if (content
        .filter(said -> said.getAuthor().equals(message.device().account().bytes()))
        .filter(said -> said.getGroup().equals(message.group().bytes()))
        .isEmpty()) {
      turn.tell(new ClientEvent.Trouble("what came in a group is not said by its sender there"));
      return;
    }
    heard(message, content.get(), turn);
  }

  private static Optional<Content> content(byte[] padded) {
    try {
      Optional<byte[]> stripped = Padding.strip(padded);
      return stripped.isEmpty() ? Optional.empty() : Optional.of(Content.parseFrom(stripped.get()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private void heard(Held message, Content content, Turn turn) {
    AccountId author = message.device().account();
    Origin origin = new Origin(message.device().device(), message.counter());
    Change change =
        author.equals(tables.account())
            ? tables.conversations().saidElsewhere(author, message.group(), content, message.atMs())
            : tables.conversations().hear(author, message.group(), origin, content, message.atMs());
    Changes.tell(change, turn);
  }

  // ---- What comes for this device alone --------------------------------------------------------

  /** A key, or an answer, of the author that the content names. */
  void pairwise(DeviceAddress device, Content content, Turn turn) {
    if (content.hasSenderKey()) {
      key(device, content.getSenderKey(), turn);
      return;
    }
    ByteString group = content.getGroup();
    tables
        .groups()
        .held()
        .asked(device, content.getAnswers())
        .filter(asked -> asked.group().bytes().equals(group) && isOfMember(asked))
        .ifPresent(asked -> {
          tables.groups().held().remove(asked.id());
          heard(asked, content, turn);
        });
  }

  /** It may come before its group is known: without the group it opens nothing. */
  private void key(DeviceAddress device, SenderKey key, Turn turn) {
    if (key.getGroup().size() != AccountId.BYTES) {
      return;
    }
    AccountId group = AccountId.of(key.getGroup());
    if (!tables.groups().senderKeys().take(device, group, key.getDistribution())) {
      turn.tell(new ClientEvent.Trouble("a group's key is none"));
      return;
    }
    tables.groups().held().of(device, group).forEach(held -> retry(held, turn));
  }

  // ---- What is held ----------------------------------------------------------------------------

  private Held hold(Held message, Turn turn) {
    AccountId account = message.device().account();
    if (tables.groups().held().count(account) >= HELD_LIMIT) {
      tables.groups().held().removeOldest(account);
      turn.tell(new ClientEvent.Unreadable(account, false));
    }
    return tables.groups().held().add(message);
  }

  /** After a start. */
  void resume() {
    tables.groups().held().unasked().forEach(this::askLater);
  }

  private void askLater(long id) {
    loop.later(
        KEY_GRACE,
        turn ->
            tables
                .groups()
                .held()
                .find(id)
                .filter(this::isOfMember)
                .ifPresent(held -> ask(held, turn)));
  }

  /** Once: whether the answer can be read is another message's matter. */
  private void ask(Held held, Turn turn) {
    if (!held.isAsked()) {
      tables.groups().held().asked(held.id());
      sending.askAgain(held.device(), held.counter(), 1);
      turn.tell(new ClientEvent.Unreadable(held.device().account(), true));
    }
  }
}
