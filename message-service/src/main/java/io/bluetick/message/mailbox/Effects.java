package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.CaughtUp;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what the actors of a partition want done. */
final class Effects {
  private static final Delivery DRAINED =
      Delivery.newBuilder().setDrained(CaughtUp.getDefaultInstance()).build();

  private final int receiptsInOne;
  private List<Effect> effects = new ArrayList<>();
  private long reads;
  private Map<Pair, List<Long>> received = new LinkedHashMap<>();

  /** Until a checkpoint carries them out, the furthest alone counts. */
  private Map<DeviceKey, Long> forgotten = new LinkedHashMap<>();

  /** Who sent, and who has it now. */
  private record Pair(DeviceKey sender, DeviceKey recipient) {}

  Effects(Bounds bounds) {
    this.receiptsInOne = bounds.receipts();
  }

  /** From 1, and never the same again: a queue that was evicted and came back gets no old page. */
  long nextRead() {
    return ++reads;
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  /** The device has all up to here. */
  void caughtUp(Route route, long upTo) {
    effects.add(new Effect.Send(route, 0, upTo, DRAINED));
  }

  void tell(MailboxCommand.Builder command) {
    effects.add(new Effect.Tell(command.build()));
  }

  /** It is in the recipient's store. Receipts of one turn travel together. */
  void settled(Stanza stanza, DeviceKey recipient) {
    if (stanza.content().hasMessage()) {
      DeviceKey sender = DeviceKey.of(stanza.content().getMessage().getFrom());
      if (!sender.account().equals(recipient.account())) {
        received
            .computeIfAbsent(new Pair(sender, recipient), _ -> new ArrayList<>())
            .add(stanza.content().getMessage().getCounter());
      }
    }
  }

  void forget(DeviceKey device, long upTo) {
    forgotten.merge(device, upTo, Math::max);
  }

  /** What is to be done since the last call. */
  List<Effect> take(long nowMs) {
    received.forEach((pair, counters) -> {
      for (int from = 0; from < counters.size(); from += receiptsInOne) {
        int to = Math.min(counters.size(), from + receiptsInOne);
        tell(receipt(pair, counters.subList(from, to), nowMs));
      }
    });
    received = new LinkedHashMap<>();
    List<Effect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }

  /** Accounts with rows that no checkpoint has taken yet. */
  Set<AccountId> forgetting() {
    Set<AccountId> accounts = new HashSet<>();
    forgotten.keySet().forEach(device -> accounts.add(device.account()));
    return accounts;
  }

  /** What may be deleted once all effects taken so far are durable. */
  List<Forget> takeForgotten() {
    List<Forget> taken = new ArrayList<>();
    forgotten.forEach((device, upTo) -> taken.add(new Forget(device, upTo)));
    forgotten = new LinkedHashMap<>();
    return taken;
  }

  private static MailboxCommand.Builder receipt(Pair pair, List<Long> counters, long nowMs) {
    return MailboxCommand.newBuilder()
        .setActor(pair.sender().account().bytes())
        .setDeliverReceipts(
            DeliverReceipts.newBuilder()
                .setFrom(pair.recipient().toProto())
                .setDevice(pair.sender().device())
                .setRegistration(pair.sender().registration())
                .setKind(ReceiptKind.DELIVERED)
                .addAllCounters(counters)
                .setTimeMs(nowMs));
  }
}
