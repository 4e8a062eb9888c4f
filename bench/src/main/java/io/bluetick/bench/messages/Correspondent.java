package io.bluetick.bench.messages;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.DeviceSocket;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.device.SocketListener;
import io.bluetick.bench.load.Failures;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A device that writes to one other, and holds what comes against what the other sent.
 *
 * <p>It does what a client should: it drops stanzas that it has, acknowledges up to the last one of
 * what one read brought, and comes back with what it has. Nobody waits to hear that it has a
 * receipt: it says so with the next message that it acknowledges, or a little later. Belongs to the
 * event loop.
 */
final class Correspondent implements SocketListener {
  static final int CIPHERTEXT_BYTES = 180;

  private static final int ALIAS = 1;
  private static final Duration RECEIPTS_LATER = Duration.ofMillis(200);

  private final Party self;
  private final Ledger ledger;
  private final Tally tally;
  private final Failures failures;
  private final byte[] ciphertext = new byte[CIPHERTEXT_BYTES];
  private final ByteBuffer header = ByteBuffer.wrap(ciphertext);

  /** Tells its messages from those of others. */
  private final long mark;

  private @Nullable Correspondent peer;
  private SocketListener resting = (_, _) -> {};
  private Flow flow = Flow.NONE;
  private long unsent;

  /** The highest sequence in its own store, and the highest counter of its peer. */
  private long sequence;

  private long received;

  // ---- Of one connection --------------------------------------------------------------------

  private @Nullable DeviceSocket socket;

  /** The sequence of the last stanza. */
  private long wire;

  private boolean hasUnacknowledged;
  private boolean mustAcknowledge;
  private boolean willAcknowledge;
  private boolean hasNamedPeer;
  private boolean hasCaughtUp;
  private int aliasOfPeer;

  Correspondent(Party self, int ledgerCapacity, Tally tally, Failures failures) {
    this.self = self;
    this.ledger = new Ledger(ledgerCapacity);
    this.mark = self.device().account().bytes().asReadOnlyByteBuffer().getLong();
    this.tally = tally;
    this.failures = failures;
  }

  static void introduce(Correspondent one, Correspondent other) {
    one.peer = other;
    other.peer = one;
  }

  /** As it connects now, with what it has. */
  Device device() {
    Device known = self.device();
    return new Device(known.account(), known.number(), known.keys(), sequence, 0);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Who hears when the next connection ends. */
  Correspondent restingAt(SocketListener next) {
    resting = next;
    return this;
  }

  /** From now on sends by itself. */
  void start(Flow next, long nowNanos) {
    flow = next;
    unsent = next.quota();
    pump(nowNanos);
    socket().flush();
  }

  void stop() {
    flow = Flow.NONE;
    unsent = 0;
  }

  /** Sends one message, which should have been sent at this time. */
  void send(long dueNanos) {
    write(dueNanos);
    socket().flush();
  }

  // ---- Socket -------------------------------------------------------------------------------

  @Override
  public void opened(DeviceSocket opened, Welcome welcome) {
    socket = opened;
    wire = sequence;
    hasUnacknowledged = false;
    mustAcknowledge = false;
    willAcknowledge = false;
    hasNamedPeer = false;
    hasCaughtUp = false;
    aliasOfPeer = 0;
  }

  @Override
  public void frame(DeviceSocket from, int type, byte[] frame, int offset, int length) {
    try {
      switch (ServerFrameType.forNumber(type)) {
        case ACCEPTED -> ticks(Frames.decode(Accepted.parser(), frame, offset, length));
        case MESSAGE -> message(Frames.decode(Message.parser(), frame, offset, length));
        case RECEIPT -> receipt(Frames.decode(Receipt.parser(), frame, offset, length));
        case CHANGE ->
            isNew(Frames.decode(Change.parser(), frame, offset, length).getSequenceDelta());
        case DEVICES -> {
          Devices devices = Frames.decode(Devices.parser(), frame, offset, length);
          isNew(devices.getSequenceDelta());
          failures.add("a message went to a list of devices that is not the present one");
        }
        case DRAINED -> caughtUp();
        case REFUSED -> {
          Refused refused = Frames.decode(Refused.parser(), frame, offset, length);
          failures.add("a frame was refused: " + refused.getCode());
        }
        case PRESENCE, TYPING_NOTICE, PONG -> {}
        case null, default -> failures.add("a frame of type " + type + " came");
      }
    } catch (InvalidProtocolBufferException e) {
      failures.add("a frame cannot be decoded");
    }
  }

  @Override
  public void heard(DeviceSocket from) {
    if (mustAcknowledge) {
      acknowledge(from);
    } else if (hasUnacknowledged && !willAcknowledge) {
      willAcknowledge = true;
      from.later(RECEIPTS_LATER, () -> acknowledgeLater(from));
    }
    if (unsent > 0) {
      pump(System.nanoTime());
    }
  }

  @Override
  public void ended(DeviceSocket from, Ending ending) {
    stop();
    resting.ended(from, ending);
  }

  // ---- What it sends ------------------------------------------------------------------------

  /** Says that it has the receipts too. */
  void acknowledgeTheRest() {
    if (hasUnacknowledged) {
      acknowledge(socket());
      socket().flush();
    }
  }

  private void acknowledgeLater(DeviceSocket from) {
    if (from == socket) {
      willAcknowledge = false;
      acknowledgeTheRest();
    }
  }

  private void acknowledge(DeviceSocket from) {
    hasUnacknowledged = false;
    mustAcknowledge = false;
    Acknowledge acknowledge = Acknowledge.newBuilder().setUpTo(sequence).build();
    from.write(Frames.encode(ClientFrameType.ACKNOWLEDGE, acknowledge));
  }

  private void pump(long nowNanos) {
    while (unsent > 0 && flow.outstanding(ledger) < flow.inFlight()) {
      unsent--;
      write(nowNanos);
    }
  }

  private void write(long dueNanos) {
    if (ledger.isFull()) {
      failures.add("a device has too many messages on their way: the server does not keep up");
      return;
    }
    long counter = ledger.send(dueNanos);
    tally.sent(dueNanos, System.nanoTime());
    header.putLong(0, counter).putLong(Long.BYTES, mark);
    SendToAccount.Builder message =
        SendToAccount.newBuilder()
            .setCounter(counter)
            .setTo(ALIAS)
            .addDevices(
                DeviceCiphertext.newBuilder()
                    .setCiphertext(UnsafeByteOperations.unsafeWrap(ciphertext)));
    if (!hasNamedPeer) {
      hasNamedPeer = true;
      Party to = peer().self;
      message.setAccount(to.device().account().bytes()).setListVersion(to.listVersion());
    }
    socket().write(Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, message.build()));
  }

  // ---- What comes ---------------------------------------------------------------------------

  /** May be told again. */
  private void caughtUp() {
    if (!hasCaughtUp) {
      hasCaughtUp = true;
      tally.caughtUp(System.nanoTime());
    }
  }

  private void ticks(Accepted accepted) {
    long now = System.nanoTime();
    for (int i = 0; i < accepted.getCountersCount(); i++) {
      long counter = accepted.getCounters(i);
      if (ledger.markTicked(counter)) {
        tally.ticked(ledger.dueNanos(counter), now);
      } else {
        failures.add("a tick came for a message that has it, or was not sent");
      }
    }
  }

  private void message(Message message) {
    learn(message.getFrom(), message.getAccount());
    mustAcknowledge = true;
    if (!isNew(message.getSequenceDelta())) {
      return;
    }
    long counter = message.getCounter();
    Ledger sent = peer().ledger;
    if (!sent.markDelivered(counter)) {
      failures.add("a message came twice under two sequences, or was not sent");
      return;
    }
    if (counter != received + 1) {
      failures.add("a message came out of order");
    }
    received = Math.max(received, counter);
    if (!isWrittenByPeer(message.getCiphertext(), counter)) {
      failures.add("a message has not the content that was sent");
    }
    tally.delivered(sent.dueNanos(counter), System.nanoTime());
  }

  private void receipt(Receipt receipt) {
    learn(receipt.getFrom(), receipt.getAccount());
    if (!isNew(receipt.getSequenceDelta())) {
      return;
    }
    long now = System.nanoTime();
    for (int i = 0; i < receipt.getCountersCount(); i++) {
      long counter = receipt.getCounters(i);
      if (counter > peer().received) {
        failures.add("a receipt came for a message that its recipient has not");
      } else if (ledger.markReceipted(counter)) {
        tally.receipted(ledger.dueNanos(counter), now);
      }
      // A repeated receipt moves no tick.
    }
  }

  /** Stanzas come from the peer alone, whatever the gateway calls it. */
  private void learn(int alias, ByteString account) {
    boolean isPeer =
        account.isEmpty()
            ? alias != 0 && alias == aliasOfPeer
            : account.equals(peer().self.device().account().bytes());
    if (!isPeer) {
      failures.add("a stanza came from somebody else");
    } else if (alias != 0) {
      aliasOfPeer = alias;
    }
  }

  private boolean isNew(long sequenceDelta) {
    if (sequenceDelta == 0) {
      failures.add("a stanza came without a sequence");
      return false;
    }
    wire += sequenceDelta;
    hasUnacknowledged = true;
    if (wire <= sequence) {
      tally.repeated();
      return false;
    }
    sequence = wire;
    return true;
  }

  private boolean isWrittenByPeer(ByteString content, long counter) {
    if (content.size() != CIPHERTEXT_BYTES) {
      return false;
    }
    ByteBuffer bytes = content.asReadOnlyByteBuffer();
    return bytes.getLong() == counter && bytes.getLong() == peer().mark;
  }

  private Correspondent peer() {
    return requireNonNull(peer);
  }

  private DeviceSocket socket() {
    return requireNonNull(socket);
  }
}
