package io.bluetick.client.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bluetick.client.socket.Dial;
import io.bluetick.client.socket.Ending;
import io.bluetick.client.socket.SocketListener;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.Limits;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to the {@link FakeServer}; on its thread, but for what the client calls. */
final class FakeLine implements Line {
  private static final int ALIASES = 8;

  private final FakeServer server;
  private final Dial dial;
  private final SocketListener listener;
  private final Deque<byte[]> unread = new ArrayDeque<>();
  private final Map<Integer, SendToAccount> aliases = new HashMap<>();
  private final Map<Integer, SendToGroup> groupAliases = new HashMap<>();
  private int credit;
  private long lastSequence;
  private long lastTimeMs;
  private boolean isEnded;

  /** Something for the store of a device. */
  record Stanza(com.google.protobuf.Message message, long timeMs) {}

  FakeLine(FakeServer server, Dial dial, SocketListener listener) {
    this.server = server;
    this.dial = dial;
    this.listener = listener;
  }

  DeviceAddress device() {
    return dial.device();
  }

  long acknowledged() {
    return dial.acknowledged();
  }

  // ---- From the client -------------------------------------------------------------------------

  @Override
  public void write(byte[] frame) {
    server.thread.execute(() -> {
      if (!isEnded) {
        heard(frame);
      }
    });
  }

  @Override
  public void readOn(int frames) {
    server.thread.execute(() -> {
      credit += frames;
      pump();
    });
  }

  @Override
  public void close() {
    if (!server.thread.isShutdown()) {
      server.thread.execute(() -> end(new Ending.Closed()));
    }
  }

  private void heard(byte[] frame) {
    try {
      switch (ClientFrameType.forNumber(frame[0])) {
        case SEND_TO_ACCOUNT -> send(Frames.decode(SendToAccount.parser(), frame, 0, frame.length));
        case SEND_TO_GROUP -> send(Frames.decode(SendToGroup.parser(), frame, 0, frame.length));
        case SEND_RECEIPTS ->
            server.receipts(this, Frames.decode(SendReceipts.parser(), frame, 0, frame.length));
        case ACKNOWLEDGE ->
            server.acknowledged(
                device(), Frames.decode(Acknowledge.parser(), frame, 0, frame.length).getUpTo());
        case null, default -> throw new AssertionError("frame " + frame[0]);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void send(SendToAccount send) {
    if (send.getTo() > ALIASES) {
      throw new AssertionError("alias " + send.getTo());
    }
    if (send.getTo() != 0 && !send.getAccount().isEmpty()) {
      aliases.put(send.getTo(), send);
    }
    @Nullable SendToAccount named = send.getAccount().isEmpty() ? aliases.get(send.getTo()) : send;
    if (named == null) {
      throw new AssertionError("alias " + send.getTo() + " was never defined");
    }
    server.send(this, AccountId.of(named.getAccount()), named.getListVersion(), send);
  }

  private void send(SendToGroup send) {
    if (send.getTo() > ALIASES) {
      throw new AssertionError("alias " + send.getTo());
    }
    if (send.getTo() != 0 && !send.getGroup().isEmpty()) {
      groupAliases.put(send.getTo(), send);
    }
    @Nullable SendToGroup named = send.getGroup().isEmpty() ? groupAliases.get(send.getTo()) : send;
    if (named == null) {
      throw new AssertionError("alias " + send.getTo() + " was never defined");
    }
    server.send(this, AccountId.of(named.getGroup()), named.getMembershipVersion(), send);
  }

  // ---- To the client ---------------------------------------------------------------------------

  void opened(long timeMs) {
    lastSequence = dial.acknowledged();
    lastTimeMs = timeMs;
    listener.opened(
        Welcome.newBuilder()
            .setServerTimeMs(timeMs)
            .setEpoch(1)
            .setLimits(Limits.newBuilder().setAliases(ALIASES))
            .build());
  }

  void deliver(long sequence, Stanza stanza) {
    long delta = sequence - lastSequence;
    long timeDelta = stanza.timeMs() - lastTimeMs;
    lastSequence = sequence;
    lastTimeMs = stanza.timeMs();
    switch (stanza.message()) {
      case Message message ->
          frame(
              ServerFrameType.MESSAGE,
              message.toBuilder().setSequenceDelta(delta).setTimeDeltaMs(timeDelta).build());
      case Receipt receipt ->
          frame(
              ServerFrameType.RECEIPT,
              receipt.toBuilder().setSequenceDelta(delta).setTimeDeltaMs(timeDelta).build());
      case Devices devices ->
          frame(
              ServerFrameType.DEVICES,
              devices.toBuilder().setSequenceDelta(delta).setTimeDeltaMs(timeDelta).build());
      case Change change ->
          frame(
              ServerFrameType.CHANGE,
              change.toBuilder().setSequenceDelta(delta).setTimeDeltaMs(timeDelta).build());
      case Rejected rejected ->
          frame(
              ServerFrameType.REJECTED,
              rejected.toBuilder().setSequenceDelta(delta).setTimeDeltaMs(timeDelta).build());
      default -> throw new AssertionError(stanza);
    }
  }

  void accepted(long counter, long timeMs) {
    frame(
        ServerFrameType.ACCEPTED,
        Accepted.newBuilder().addCounters(counter).setTimeMs(timeMs).build());
  }

  void drained() {
    frame(ServerFrameType.DRAINED, Drained.getDefaultInstance());
  }

  void refuse() {
    end(new Ending.Refused(4401, "unauthenticated"));
  }

  void replaced() {
    end(new Ending.Replaced());
  }

  void cut() {
    end(new Ending.Lost("cut"));
  }

  private void end(Ending ending) {
    if (!isEnded) {
      isEnded = true;
      server.gone(this);
      listener.ended(ending);
    }
  }

  private void frame(ServerFrameType type, MessageLite message) {
    unread.add(Frames.encode(type, message));
    pump();
  }

  private void pump() {
    while (credit > 0 && !unread.isEmpty() && !isEnded) {
      credit--;
      listener.heard(unread.remove());
    }
  }
}
