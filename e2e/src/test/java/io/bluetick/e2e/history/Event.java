package io.bluetick.e2e.history;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.ReceiptKind;
import java.util.Set;
import java.util.stream.Collectors;

/** Something that happened to a message, as one of the two sides saw it. */
public sealed interface Event {

  MessageId message();

  /** Its user sent it, to the devices that the sender knew. */
  record Sent(MessageId message, Set<DeviceAddress> to) implements Event {}

  /** Its sender learned of further devices, and sends it to these too. */
  record Repaired(MessageId message, Set<DeviceAddress> to) implements Event {}

  /** Its sender was told that there is no such device. */
  record Gone(MessageId message, DeviceAddress device) implements Event {}

  /** One grey tick. */
  record Ticked(MessageId message) implements Event {}

  /** It was refused for ever. */
  record Refused(MessageId message, String code) implements Event {}

  /** A device put it into its store and shows it: the id that came with it, and what it says. */
  record Shown(MessageId message, DeviceAddress at, String text) implements Event {}

  /** The user of a device has read it. */
  record Read(MessageId message, DeviceAddress at) implements Event {}

  /** Its sender was told how far it came at a device: two grey ticks, or blue ones. */
  record Receipted(MessageId message, DeviceAddress by, ReceiptKind kind) implements Event {}

  /** One line for people, without the message. */
  default String describe() {
    return switch (this) {
      case Sent(var _, Set<DeviceAddress> to) -> "sent to " + brief(to);
      case Repaired(var _, Set<DeviceAddress> to) -> "repaired for " + brief(to);
      case Gone(var _, DeviceAddress device) -> MessageId.brief(device) + " is gone";
      case Ticked(var _) -> "ticked";
      case Refused(var _, String code) -> "refused, " + code;
      case Shown(var _, DeviceAddress at, String text) ->
          "shown at %s: %s".formatted(MessageId.brief(at), text);
      case Read(var _, DeviceAddress at) -> "read at " + MessageId.brief(at);
      case Receipted(var _, DeviceAddress by, ReceiptKind kind) ->
          "receipt %s by %s".formatted(kind, MessageId.brief(by));
    };
  }

  private static String brief(Set<DeviceAddress> addresses) {
    return addresses.stream().map(MessageId::brief).sorted().collect(Collectors.joining(", "));
  }
}
