package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.Membership.Role;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.DeliverToGroup;
import io.bluetick.protocol.v1.FanOut;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.WhoSends;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A group: who may write to it, and to whom that goes. Changes of its members and messages have one
 * order, so who was removed before a message does not get it.
 */
final class Group {
  private final AccountId id;
  private final int partitions;
  private final Bounds bounds;
  private final Effects effects;
  private final SeenCounters seen;
  private Membership membership = Membership.UNKNOWN;

  /** A group of which nothing is known yet: {@link #know} comes before all else. */
  Group(AccountId id, int partitions, Bounds bounds, Effects effects) {
    this.id = id;
    this.partitions = partitions;
    this.bounds = bounds;
    this.effects = effects;
    this.seen = new SeenCounters(bounds.senders());
  }

  void know(Membership known) {
    if (known.version() > membership.version()) {
      membership = known;
    }
  }

  /** Whether the group must be looked up anew before this can be decided. */
  boolean mustLook(MailboxCommand command) {
    boolean isUnknown = membership.equals(Membership.UNKNOWN);
    return command.hasDeliverToGroup()
        && (isUnknown || command.getDeliverToGroup().getMembershipVersion() > membership.version());
  }

  /** Throws before it changes anything if the command is none that a group can obey. */
  void handle(MailboxCommand command) {
    switch (command.getCommandCase()) {
      case DELIVER_TO_GROUP -> deliver(command.getDeliverToGroup());
      case GROUP_CHANGED -> know(Membership.of(command.getGroupChanged()));
      default ->
          throw new IllegalArgumentException("a group does not obey " + command.getCommandCase());
    }
  }

  private void deliver(DeliverToGroup message) {
    DeviceKey from = DeviceKey.of(message.getFrom());
    Optional<ErrorCode> refused = refusal(from.account());
    if (refused.isPresent()) {
      if (message.getPriority() != Priority.EPHEMERAL) {
        effects.tell(
            Mailbox.rejection(from, message.getCounter(), message.getTimeMs(), refused.get()));
      }
      return;
    }
    if (message.getMembershipVersion() != membership.version()) {
      effects.tell(changed(from.account()));
    }
    if (message.getPriority() == Priority.EPHEMERAL || seen.add(from, message.getCounter())) {
      spread(message);
    }
  }

  private Optional<ErrorCode> refusal(AccountId sender) {
    if (membership.equals(Membership.UNKNOWN)) {
      return Optional.of(ErrorCode.UNAVAILABLE);
    }
    if (membership.roles().isEmpty()) {
      return Optional.of(ErrorCode.NOT_FOUND);
    }
    Role role = membership.roles().get(sender);
    boolean mayWrite =
        role == Role.ADMIN
            || (role == Role.MEMBER && membership.whoSends() == WhoSends.EVERY_MEMBER);
    return mayWrite ? Optional.empty() : Optional.of(ErrorCode.FORBIDDEN);
  }

  private MailboxCommand.Builder changed(AccountId sender) {
    return MailboxCommand.newBuilder()
        .setActor(sender.bytes())
        .setListChanged(
            ListChanged.newBuilder()
                .setKind(ChangeKind.GROUP)
                .setSubject(id.bytes())
                .setVersion(membership.version()));
  }

  private void spread(DeliverToGroup message) {
    Map<Integer, List<AccountId>> byPartition = new TreeMap<>();
    for (AccountId member : membership.roles().keySet()) {
      byPartition
          .computeIfAbsent(Partitions.of(member, partitions), _ -> new ArrayList<>())
          .add(member);
    }
    byPartition.forEach((partition, members) -> {
      for (int from = 0; from < members.size(); from += bounds.membersPerFanOut()) {
        int to = Math.min(members.size(), from + bounds.membersPerFanOut());
        effects.add(new Effect.Spread(partition, fanOut(message, members.subList(from, to))));
      }
    });
  }

  private MailboxCommand fanOut(DeliverToGroup message, List<AccountId> members) {
    FanOut.Builder fanOut =
        FanOut.newBuilder()
            .setGroup(id.bytes())
            .setFrom(message.getFrom())
            .setCounter(message.getCounter())
            .setTimeMs(message.getTimeMs())
            .setCiphertext(message.getCiphertext())
            .setPriority(message.getPriority())
            .setTimeToLiveS(message.getTimeToLiveS());
    members.forEach(member -> fanOut.addMembers(member.bytes()));
    return MailboxCommand.newBuilder().setFanOut(fanOut).build();
  }
}
