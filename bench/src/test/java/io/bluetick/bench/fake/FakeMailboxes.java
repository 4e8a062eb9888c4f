package io.bluetick.bench.fake;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What gateway and message-service do together for accounts of one device each: ticks, deliveries,
 * acknowledgements, receipts, and what waits for who is away. Or wrongly, if it is told to. Belongs
 * to the fake gateway's event loop.
 */
final class FakeMailboxes {
  /** As in the real ones, not every sequence is taken. */
  private static final long SEQUENCE_STEP = 3;

  private static final long FAULT_EVERY = 10;

  private final Map<ByteString, Mailbox> mailboxes = new HashMap<>();

  /** What happens to every tenth message; may be set from any thread. */
  volatile Fault fault = Fault.NONE;

  private long messages;

  /** To be overtaken by the next message to the same account. */
  private @Nullable Stanza held;

  private ByteString heldFor = ByteString.EMPTY;

  /** Who has a connection. */
  interface Connection {
    void send(ServerFrameType type, MessageLite frame);
  }

  /**
   * A stanza that waits or is on its way.
   *
   * @param counter of a message or in a receipt
   * @param hasReceipt whether the sender hears that it came
   */
  private record Stanza(
      ServerFrameType type, ByteString from, long counter, ByteString content, boolean hasReceipt) {
    static Stanza receipt(ByteString from, long counter) {
      return new Stanza(ServerFrameType.RECEIPT, from, counter, ByteString.EMPTY, false);
    }
  }

  private static final class Mailbox {
    final TreeMap<Long, Stanza> kept = new TreeMap<>();
    @Nullable Connection connection;
    long sequence;
    long wire;
  }

  void open(ByteString account, long acknowledged, Connection connection) {
    Mailbox mailbox = mailbox(account);
    mailbox.connection = connection;
    mailbox.wire = acknowledged;
    acknowledge(account, acknowledged);
    mailbox.kept.forEach((sequence, stanza) -> deliver(mailbox, sequence, stanza));
    if (fault != Fault.NO_DRAINED) {
      connection.send(ServerFrameType.DRAINED, Drained.getDefaultInstance());
    }
  }

  void close(ByteString account, Connection connection) {
    Mailbox mailbox = mailbox(account);
    if (connection.equals(mailbox.connection)) {
      mailbox.connection = null;
    }
  }

  void send(ByteString from, ByteString to, SendToAccount message, Connection sender) {
    messages++;
    Fault now = messages % FAULT_EVERY == 0 ? fault : Fault.NONE;
    if (now == Fault.REFUSED) {
      refuse(message.getCounter(), sender);
      return;
    }
    if (now != Fault.NO_TICK) {
      sender.send(
          ServerFrameType.ACCEPTED,
          Accepted.newBuilder().addCounters(message.getCounter()).build());
    }
    ByteString content = message.getDevices(0).getCiphertext();
    if (now == Fault.ALTERED) {
      content = content.substring(1).concat(content.substring(0, 1));
    }
    boolean hasReceipt = now != Fault.NO_RECEIPT;
    Stanza stanza =
        new Stanza(ServerFrameType.MESSAGE, from, message.getCounter(), content, hasReceipt);
    if (held != null && heldFor.equals(to)) {
      store(to, stanza);
      store(heldFor, held);
      held = null;
    } else if (now == Fault.OVERTAKEN) {
      held = stanza;
      heldFor = to;
    } else if (now != Fault.LOST) {
      store(to, stanza);
    }
    if (now == Fault.TWICE) {
      store(to, stanza);
    }
    if (now == Fault.REPEATED) {
      repeatFirst(to);
    }
  }

  private static void refuse(long counter, Connection sender) {
    String code = ErrorCode.RATE_LIMITED.slug();
    Refused refused = Refused.newBuilder().setCode(code).setCounter(counter).build();
    sender.send(ServerFrameType.REFUSED, refused);
  }

  void acknowledge(ByteString account, long upTo) {
    Map<Long, Stanza> done = mailbox(account).kept.headMap(upTo, true);
    for (Stanza stanza : done.values()) {
      if (stanza.hasReceipt()) {
        store(stanza.from(), Stanza.receipt(account, stanza.counter()));
      }
    }
    done.clear();
  }

  /** Stanzas that wait or are not acknowledged. */
  int kept() {
    return mailboxes.values().stream().mapToInt(mailbox -> mailbox.kept.size()).sum();
  }

  private void store(ByteString account, Stanza stanza) {
    Mailbox mailbox = mailbox(account);
    mailbox.sequence += SEQUENCE_STEP;
    mailbox.kept.put(mailbox.sequence, stanza);
    deliver(mailbox, mailbox.sequence, stanza);
  }

  /** Again under its sequence, as after a crash. */
  private void repeatFirst(ByteString account) {
    Mailbox mailbox = mailbox(account);
    Entry<Long, Stanza> first = mailbox.kept.firstEntry();
    if (first != null && first.getKey() != mailbox.wire) {
      deliver(mailbox, first.getKey(), first.getValue());
    }
  }

  private static void deliver(Mailbox mailbox, long sequence, Stanza stanza) {
    if (mailbox.connection == null) {
      return;
    }
    long delta = sequence - mailbox.wire;
    mailbox.wire = sequence;
    mailbox.connection.send(
        stanza.type(),
        stanza.type() == ServerFrameType.MESSAGE
            ? Message.newBuilder()
                .setSequenceDelta(delta)
                .setAccount(stanza.from())
                .setCounter(stanza.counter())
                .setCiphertext(stanza.content())
                .build()
            : Receipt.newBuilder()
                .setSequenceDelta(delta)
                .setAccount(stanza.from())
                .addCounters(stanza.counter())
                .build());
  }

  private Mailbox mailbox(ByteString account) {
    return mailboxes.computeIfAbsent(account, _ -> new Mailbox());
  }
}
