package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.socket.InboundAliases.Peer;
import io.bluetick.gateway.topic.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeliverCall;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.DeliverToGroup;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.SendCallSignal;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import java.util.List;

/**
 * What devices send to each other: checked, then handed to the mailboxes it concerns. The bytes of
 * a frame are only valid during the call; the topic has copied them when it returns.
 */
final class Sending {
  private final CommandTopic mailbox;

  Sending(CommandTopic mailbox) {
    this.mailbox = mailbox;
  }

  void message(SocketConnection connection, Session session, SendToAccount send, long nowMs) {
    boolean others = send.getDevicesCount() > 0;
    boolean own = send.getOwnDevicesCount() > 0;
    require(others || own, "nobody to send to");
    requireDevices(send.getDevicesList());
    requireDevices(send.getOwnDevicesList());
    require(send.getPriority() != Priority.UNRECOGNIZED, "priority");
    requireTimeToLive(send.getTimeToLiveS());
    Peer to = peer(session, send.getTo(), send.getAccount(), send.getListVersion());
    Tick tick = tick(connection, session, send.getCounter(), nowMs, others && own ? 2 : 1);
    Deliver.Builder deliver =
        Deliver.newBuilder()
            .setFrom(session.device.toProto())
            .setCounter(send.getCounter())
            .setTimeMs(nowMs)
            .setPriority(send.getPriority())
            .setTimeToLiveS(send.getTimeToLiveS());
    if (others) {
      deliver.setListVersion(to.version()).addAllDevices(send.getDevicesList());
      add(to.id(), MailboxCommand.newBuilder().setDeliver(deliver), tick);
    }
    if (own) {
      deliver
          .clearDevices()
          .setListVersion(send.getOwnListVersion())
          .addAllDevices(send.getOwnDevicesList())
          .setPriority(Priority.BACKGROUND);
      add(session.device.account(), MailboxCommand.newBuilder().setDeliver(deliver), tick);
    }
  }

  void toGroup(SocketConnection connection, Session session, SendToGroup send, long nowMs) {
    requireCiphertext(send.getCiphertext());
    require(send.getPriority() != Priority.UNRECOGNIZED, "priority");
    requireTimeToLive(send.getTimeToLiveS());
    Peer to = peer(session, send.getTo(), send.getGroup(), send.getMembershipVersion());
    DeliverToGroup.Builder deliver =
        DeliverToGroup.newBuilder()
            .setFrom(session.device.toProto())
            .setCounter(send.getCounter())
            .setTimeMs(nowMs)
            .setMembershipVersion(to.version())
            .setCiphertext(send.getCiphertext())
            .setPriority(send.getPriority())
            .setTimeToLiveS(send.getTimeToLiveS());
    Tick tick = tick(connection, session, send.getCounter(), nowMs, 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverToGroup(deliver), tick);
  }

  void receipts(SocketConnection connection, Session session, SendReceipts send, long nowMs) {
    require(send.getKind() == ReceiptKind.READ || send.getKind() == ReceiptKind.PLAYED, "kind");
    require(send.getCountersCount() > 0, "no counters");
    if (send.getCountersCount() > FrameLimits.RECEIPTS_PER_SEND) {
      throw Refusal.of(ErrorCode.TOO_MANY, "counters");
    }
    requireDevice(send.getDevice());
    require(send.getGroup().isEmpty() || send.getGroup().size() == AccountId.BYTES, "group");
    Peer to = peer(session, send.getTo(), send.getAccount(), 0);
    DeliverReceipts.Builder deliver =
        DeliverReceipts.newBuilder()
            .setFrom(session.device.toProto())
            .setDevice(send.getDevice())
            .setKind(send.getKind())
            .addAllCounters(send.getCountersList())
            .setGroup(send.getGroup())
            .setTimeMs(nowMs);
    Tick tick = tick(connection, session, send.getCounter(), nowMs, 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverReceipts(deliver), tick);
  }

  void call(SocketConnection connection, Session session, SendCallSignal send, long nowMs) {
    require(send.getDevicesCount() > 0, "nobody to send to");
    requireDevices(send.getDevicesList());
    require(send.getCall().size() == FrameLimits.CALL_ID_BYTES, "call");
    require(send.getSignal() != CallSignal.UNRECOGNIZED, "signal");
    Peer to = peer(session, send.getTo(), send.getAccount(), send.getListVersion());
    DeliverCall.Builder deliver =
        DeliverCall.newBuilder()
            .setFrom(session.device.toProto())
            .setCounter(send.getCounter())
            .setTimeMs(nowMs)
            .setListVersion(to.version())
            .setCall(send.getCall())
            .setSignal(send.getSignal())
            .addAllDevices(send.getDevicesList());
    Tick tick = tick(connection, session, send.getCounter(), nowMs, 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverCall(deliver), tick);
  }

  private void add(AccountId actor, MailboxCommand.Builder command, Tick tick) {
    mailbox.add(actor, command.setActor(actor.bytes()).build(), tick);
  }

  private static Tick tick(
      SocketConnection connection, Session session, long counter, long nowMs, int mailboxes) {
    require(counter > 0, "counter");
    session.unaccepted++;
    return new Tick(connection, counter, nowMs, mailboxes);
  }

  /** Whom a frame names: by an alias it knows, by one it defines, or by the id alone. */
  static Peer peer(Session session, int alias, ByteString id, long version) {
    require(alias == 0 || InboundAliases.isAlias(alias), "alias");
    if (id.isEmpty()) {
      Peer known = session.inboundAliases().get(alias);
      if (known == null) {
        throw Refusal.of(ErrorCode.UNKNOWN_ALIAS, "");
      }
      return known;
    }
    require(id.size() == AccountId.BYTES, "id");
    Peer peer = new Peer(AccountId.of(id), version);
    if (alias != 0) {
      session.inboundAliases().define(alias, peer);
    }
    return peer;
  }

  private static void requireDevices(List<DeviceCiphertext> devices) {
    if (devices.size() > FrameLimits.DEVICES_PER_SEND) {
      throw Refusal.of(ErrorCode.TOO_MANY, "devices");
    }
    for (DeviceCiphertext device : devices) {
      requireDevice(device.getDevice());
      requireCiphertext(device.getCiphertext());
      require(device.getKind() != CiphertextKind.UNRECOGNIZED, "kind");
    }
  }

  private static void requireCiphertext(ByteString ciphertext) {
    require(
        !ciphertext.isEmpty() && ciphertext.size() <= FrameLimits.CIPHERTEXT_BYTES, "ciphertext");
  }

  private static void requireDevice(int device) {
    require(device >= 0 && device <= DeviceAddress.MAX_DEVICE, "device");
  }

  private static void requireTimeToLive(int seconds) {
    require(seconds >= 0 && seconds <= FrameLimits.TIME_TO_LIVE_S, "time_to_live_s");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw Refusal.invalid(what);
    }
  }
}
