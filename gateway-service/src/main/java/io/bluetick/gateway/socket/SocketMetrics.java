package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.ServerFrameType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the sockets count. All meters exist from the start, so that none is looked up when used. */
final class SocketMetrics {
  /** Why a connection was sent away before it was open. */
  enum Shed {
    STARTING,
    LOG,
    DRAINING,
    CONNECTIONS,
    OPENING,
    HANDSHAKES,
    SESSIONS
  }

  private final Map<ClientFrameType, Counter> received = new EnumMap<>(ClientFrameType.class);
  private final Map<ServerFrameType, Counter> sent = new EnumMap<>(ServerFrameType.class);
  private final Map<ErrorCode, Counter> closed = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Counter> notOpened = new EnumMap<>(ErrorCode.class);
  private final Map<Shed, Counter> sheds = new EnumMap<>(Shed.class);
  private final Counter opened;
  private final Counter left;
  private final Counter bytesIn;
  private final Counter bytesOut;
  private final Counter slow;
  private final Counter gaps;
  private final Counter undeliverable;
  private final Counter presenceDropped;
  private final Timer ticks;
  private final Timer sessionCalls;

  SocketMetrics(MeterRegistry meters) {
    for (ClientFrameType type : ClientFrameType.values()) {
      received.put(type, frames(meters, "in", type));
    }
    for (ServerFrameType type : ServerFrameType.values()) {
      sent.put(type, frames(meters, "out", type));
    }
    for (ErrorCode code : ErrorCode.values()) {
      closed.put(code, meters.counter("bluetick.socket.closed", "code", code.slug()));
      refused.put(code, meters.counter("bluetick.socket.refused", "code", code.slug()));
      notOpened.put(code, meters.counter("bluetick.socket.opens", "result", code.slug()));
    }
    for (Shed shed : Shed.values()) {
      sheds.put(shed, meters.counter("bluetick.socket.sheds", "reason", name(shed)));
    }
    opened = meters.counter("bluetick.socket.opens", "result", "opened");
    left = meters.counter("bluetick.socket.opens", "result", "left");
    bytesIn = meters.counter("bluetick.socket.bytes", "direction", "in");
    bytesOut = meters.counter("bluetick.socket.bytes", "direction", "out");
    slow = meters.counter("bluetick.socket.slow");
    gaps = meters.counter("bluetick.socket.resumes");
    undeliverable = meters.counter("bluetick.socket.undeliverable");
    presenceDropped = meters.counter("bluetick.socket.presence.dropped");
    ticks = meters.timer("bluetick.socket.tick");
    sessionCalls = meters.timer("bluetick.socket.session.call");
  }

  private static Counter frames(MeterRegistry meters, String direction, Enum<?> type) {
    return meters.counter("bluetick.socket.frames", "direction", direction, "type", name(type));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void received(@Nullable ClientFrameType type) {
    increment(received, type == null ? ClientFrameType.UNRECOGNIZED : type);
  }

  void sent(ServerFrameType type) {
    increment(sent, type);
  }

  void bytesIn(int bytes) {
    bytesIn.increment(bytes);
  }

  void bytesOut(int bytes) {
    bytesOut.increment(bytes);
  }

  void opened() {
    opened.increment();
  }

  /** How long session-service took, whatever it said. */
  void sessionCall(Duration took) {
    sessionCalls.record(took);
  }

  /** A connection ended before it was open, by its peer if there is no code. */
  void notOpened(@Nullable ErrorCode code) {
    if (code == null) {
      left.increment();
    } else {
      increment(notOpened, code);
    }
  }

  void closed(ErrorCode code) {
    increment(closed, code);
  }

  void refused(ErrorCode code) {
    increment(refused, code);
  }

  void shed(Shed reason) {
    increment(sheds, reason);
  }

  void ticked(long latencyMs) {
    ticks.record(Duration.ofMillis(Math.max(0, latencyMs)));
  }

  /** A socket did not keep up, and its stanzas stay in the mailbox for now. */
  void slow() {
    slow.increment();
  }

  /** A mailbox was asked to send again what is not acknowledged. */
  void resumed() {
    gaps.increment();
  }

  /** A hand-off met no connection, or was not understood. */
  void undeliverable() {
    undeliverable.increment();
  }

  void presenceDropped() {
    presenceDropped.increment();
  }

  private static <K extends Enum<K>> void increment(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }
}
