package io.bluetick.client.delivery;

import io.bluetick.client.content.Content;
import io.bluetick.client.content.Repeat;
import io.bluetick.client.delivery.Outbox.Sent;
import io.bluetick.client.group.MemberTicks.SentToGroup;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Answers devices that could not read what was sent to a group: they get the key anew, and what
 * they asked for encrypted for them alone, since the key does not open what was before it.
 */
final class GroupAnswers {
  private final Tables tables;
  private final GroupKeys keys;

  GroupAnswers(Tables tables, GroupKeys keys) {
    this.tables = tables;
    this.keys = keys;
  }

  /** False if what it asks for was not sent to a group. */
  boolean answer(DeviceAddress device, Repeat repeat) {
    Optional<SentToGroup> where = tables.groups().ticks().sent(repeat.getCounter());
    Optional<Sent> sent = tables.outbox().sent(repeat.getCounter());
    if (where.isEmpty() || sent.isEmpty()) {
      return false;
    }
    if (mayHave(device.account(), where.get(), sent.get())
        && tables.groups().ticks().repeated(repeat.getCounter(), device) <= Sending.REPEATS) {
      if (repeat.getAttempt() > 1) {
        tables.ratchets().renew(device);
      }
      keys.handAnew(where.get().group(), device);
      Content content = sent.get().content().toBuilder().setAnswers(repeat.getCounter()).build();
      Sent again = new Sent(device.account(), OptionalLong.empty(), content, 1);
      tables.outbox().addAgain(again, device.account(), Set.of(device.device()), null);
    }
    return true;
  }

  /**
   * Who came later gets nothing from before. Nor does who has another key since and had it already:
   * a server that swaps keys must not fetch the past.
   */
  private boolean mayHave(AccountId account, SentToGroup where, Sent sent) {
    boolean hadIt =
        sent.message().isEmpty()
            || tables.groups().ticks().isAt(sent.message().getAsLong(), account);
    return sent.content().getBodyCase() != Content.BodyCase.BODY_NOT_SET
        && tables.groups().members().isMemberSince(where.group(), account, where.version())
        && !(hadIt && tables.groups().ticks().hasChangedSince(account, where.atMs()));
  }
}
