package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeliverCall;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.FanOut;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.StoredCall;
import io.bluetick.protocol.v1.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A message or a step of a call, with a copy for each device that its sender knew of.
 *
 * @param listVersion the list of devices that the sender knew
 * @param kept it waits for devices that are away
 * @param content what a device gets, of its copy
 */
record Sent(
    DeviceKey from,
    long counter,
    long timeMs,
    long listVersion,
    Kept kept,
    long expiresMs,
    List<DeviceCiphertext> copies,
    Function<DeviceCiphertext, Delivery> content) {

  enum Kept {
    UNTIL_ACKNOWLEDGED,
    NOT
  }

  /** Throws {@link IllegalArgumentException} if its sender is none. */
  static Sent of(Deliver message, Bounds bounds) {
    return new Sent(
        DeviceKey.of(message.getFrom()),
        message.getCounter(),
        message.getTimeMs(),
        message.getListVersion(),
        kept(message.getPriority()),
        expires(message.getTimeMs(), message.getTimeToLiveS(), bounds.timeToLive()),
        message.getDevicesList(),
        copy ->
            Delivery.newBuilder()
                .setMessage(
                    StoredMessage.newBuilder()
                        .setFrom(message.getFrom())
                        .setCounter(message.getCounter())
                        .setTimeMs(message.getTimeMs())
                        .setCiphertext(copy.getCiphertext())
                        .setKind(copy.getKind())
                        .setPriority(message.getPriority()))
                .build());
  }

  /** Throws {@link IllegalArgumentException} if its sender is none. */
  static Sent of(DeliverCall call, Bounds bounds) {
    return new Sent(
        DeviceKey.of(call.getFrom()),
        call.getCounter(),
        call.getTimeMs(),
        call.getListVersion(),
        rings(call.getSignal()) ? Kept.UNTIL_ACKNOWLEDGED : Kept.NOT,
        expires(call.getTimeMs(), 0, bounds.callTimeToLive()),
        call.getDevicesList(),
        copy ->
            Delivery.newBuilder()
                .setCall(
                    StoredCall.newBuilder()
                        .setFrom(call.getFrom())
                        .setCounter(call.getCounter())
                        .setTimeMs(call.getTimeMs())
                        .setCall(call.getCall())
                        .setSignal(call.getSignal())
                        .setCiphertext(copy.getCiphertext())
                        .setKind(copy.getKind()))
                .build());
  }

  /** To a group: all devices get the same. */
  static Delivery content(FanOut message) {
    return Delivery.newBuilder()
        .setMessage(
            StoredMessage.newBuilder()
                .setFrom(message.getFrom())
                .setCounter(message.getCounter())
                .setTimeMs(message.getTimeMs())
                .setCiphertext(message.getCiphertext())
                .setKind(CiphertextKind.SENDER_KEY)
                .setGroup(message.getGroup())
                .setPriority(message.getPriority()))
        .build();
  }

  static Kept kept(Priority priority) {
    return priority == Priority.EPHEMERAL ? Kept.NOT : Kept.UNTIL_ACKNOWLEDGED;
  }

  static long expires(long timeMs, int timeToLiveS, Duration longest) {
    Duration wanted = Duration.ofSeconds(Integer.toUnsignedLong(timeToLiveS));
    boolean isShorter = timeToLiveS != 0 && wanted.compareTo(longest) < 0;
    return timeMs + (isShorter ? wanted : longest).toMillis();
  }

  private static boolean rings(CallSignal signal) {
    return signal == CallSignal.OFFER || signal == CallSignal.HANGUP;
  }
}
