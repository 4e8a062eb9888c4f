package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.socket.ClientFrames.Heard;
import io.bluetick.gateway.socket.InboundAliases.Kind;
import io.bluetick.gateway.socket.InboundAliases.Peer;
import io.bluetick.platform.kafka.CommandTopic;
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
import io.bluetick.protocol.v1.DeviceId;
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

  void message(Heard heard, SendToAccount send) {
    Session session = heard.session();
    Peer to = peer(session, Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
    boolean others = send.getDevicesCount() > 0;
    boolean own = send.getOwnDevicesCount() > 0;
    require(others || own, "nobody to send to");
    require(!(others && own && to.id().equals(session.device.account())), "own_devices");
    requireDevices(send.getDevicesList());
    requireDevices(send.getOwnDevicesList());
    require(send.getPriority() != Priority.UNRECOGNIZED, "priority");
    requireTimeToLive(send.getTimeToLiveS());
    Tick tick = tick(heard, send.getCounter(), others && own ? 2 : 1);
    Deliver.Builder deliver =
        Deliver.newBuilder()
            .setFrom(from(session))
            .setCounter(send.getCounter())
            .setTimeMs(heard.nowMs())
            .setPriority(send.getPriority())
            .setTimeToLiveS(send.getTimeToLiveS());
    if (others) {
      deliver.setListVersion(to.version()).addAllDevices(send.getDevicesList());
      add(to.id(), MailboxCommand.newBuilder().setDeliver(deliver), tick);
    }
    if (own) {
      boolean kept = send.getPriority() != Priority.EPHEMERAL;
      deliver
          .clearDevices()
          .setListVersion(send.getOwnListVersion())
          .addAllDevices(send.getOwnDevicesList())
          .setPriority(kept ? Priority.BACKGROUND : Priority.EPHEMERAL);
      add(session.device.account(), MailboxCommand.newBuilder().setDeliver(deliver), tick);
    }
  }

  void toGroup(Heard heard, SendToGroup send) {
    Session session = heard.session();
    Peer to = peer(session, Kind.GROUP, send.getTo(), send.getGroup(), send.getMembershipVersion());
    requireCiphertext(send.getCiphertext());
    require(send.getPriority() != Priority.UNRECOGNIZED, "priority");
    requireTimeToLive(send.getTimeToLiveS());
    DeliverToGroup.Builder deliver =
        DeliverToGroup.newBuilder()
            .setFrom(from(session))
            .setCounter(send.getCounter())
            .setTimeMs(heard.nowMs())
            .setMembershipVersion(to.version())
            .setCiphertext(send.getCiphertext())
            .setPriority(send.getPriority())
            .setTimeToLiveS(send.getTimeToLiveS());
    Tick tick = tick(heard, send.getCounter(), 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverToGroup(deliver), tick);
  }

  void receipts(Heard heard, SendReceipts send) {
    Session session = heard.session();
    Peer to = peerOnce(session, Kind.ACCOUNT, send.getTo(), send.getAccount());
    require(send.getKind() == ReceiptKind.READ || send.getKind() == ReceiptKind.PLAYED, "kind");
    require(send.getCountersCount() > 0, "no counters");
    if (send.getCountersCount() > FrameLimits.RECEIPTS_PER_SEND) {
      throw Refusal.of(ErrorCode.TOO_MANY, "counters");
    }
    requireDevice(send.getDevice());
    DeliverReceipts.Builder deliver =
        DeliverReceipts.newBuilder()
            .setFrom(from(session))
            .setDevice(send.getDevice())
            .setKind(send.getKind())
            .addAllCounters(send.getCountersList())
            .setTimeMs(heard.nowMs());
    Tick tick = tick(heard, send.getCounter(), 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverReceipts(deliver), tick);
  }

  void call(Heard heard, SendCallSignal send) {
    Session session = heard.session();
    Peer to = peer(session, Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
    require(send.getDevicesCount() > 0, "nobody to send to");
    requireDevices(send.getDevicesList());
    require(send.getCall().size() == FrameLimits.CALL_ID_BYTES, "call");
    require(send.getSignal() != CallSignal.UNRECOGNIZED, "signal");
    DeliverCall.Builder deliver =
        DeliverCall.newBuilder()
            .setFrom(from(session))
            .setCounter(send.getCounter())
            .setTimeMs(heard.nowMs())
            .setListVersion(to.version())
            .setCall(send.getCall())
            .setSignal(send.getSignal())
            .addAllDevices(send.getDevicesList());
    Tick tick = tick(heard, send.getCounter(), 1);
    add(to.id(), MailboxCommand.newBuilder().setDeliverCall(deliver), tick);
  }

  private void add(AccountId actor, MailboxCommand.Builder command, Tick tick) {
    mailbox.add(actor, command.setActor(actor.bytes()).build(), tick);
  }

  private static DeviceId from(Session session) {
    return session.device.toProto().toBuilder().setRegistration(session.registration).build();
  }

  private static Tick tick(Heard heard, long counter, int mailboxes) {
    require(counter > 0, "counter");
    heard.session().unaccepted++;
    return new Tick(heard.connection(), counter, heard.nowMs(), mailboxes);
  }

  /** Whom a frame names: by an alias, which it may have defined just now, or by the id alone. */
  private static Peer peer(Session session, Kind kind, int alias, ByteString id, long version) {
    require(alias == 0 || InboundAliases.isAlias(alias), "alias");
    if (!id.isEmpty()) {
      require(id.size() == AccountId.BYTES, "id");
      return new Peer(kind, AccountId.of(id), version);
    }
    Peer known = session.inboundAliases().get(alias);
    if (known == null || known.kind() != kind) {
      throw Refusal.of(ErrorCode.UNKNOWN_ALIAS, "");
    }
    return known;
  }

  /** The same for a frame that defines no alias, because it has no version to tell. */
  static Peer peerOnce(Session session, Kind kind, int alias, ByteString id) {
    require(alias == 0 || id.isEmpty(), "alias");
    return peer(session, kind, alias, id, 0);
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

  /** What comes in must fit in what goes out, which tells more along with it. */
  private static void requireCiphertext(ByteString ciphertext) {
    require(!ciphertext.isEmpty(), "ciphertext");
    if (ciphertext.size() > FrameLimits.CIPHERTEXT_BYTES) {
      throw Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, "ciphertext");
    }
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
