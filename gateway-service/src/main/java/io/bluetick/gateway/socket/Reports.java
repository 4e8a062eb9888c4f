package io.bluetick.gateway.socket;

import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.DeviceOffline;
import io.bluetick.protocol.v1.DeviceOnline;
import io.bluetick.protocol.v1.Gone;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.PresenceEvent;
import io.bluetick.protocol.v1.ResumeDevice;
import io.bluetick.protocol.v1.Route;

/** What a connection tells its own account's mailbox, and presence, about itself. */
final class Reports {
  private final CommandTopic mailbox;
  private final CommandTopic presence;
  private final SocketMetrics metrics;

  Reports(CommandTopic mailbox, CommandTopic presence, SocketMetrics metrics) {
    this.mailbox = mailbox;
    this.presence = presence;
    this.metrics = metrics;
  }

  /** Where a connection's device is reached; made when it is told, not kept. */
  static Route route(SocketConnection connection, Session session) {
    return Route.newBuilder()
        .setDevice(session.device.device())
        .setNode(connection.loop().context.node())
        .setConnection(connection.number())
        .setEpoch(session.epoch)
        .build();
  }

  void online(Session session, Route route, Open open, long nowMs) {
    tell(
        session,
        MailboxCommand.newBuilder()
            .setDeviceOnline(
                DeviceOnline.newBuilder().setRoute(route).setAcknowledged(open.getAcknowledged())));
    tell(session, PresenceEvent.newBuilder().setAvailability(open.getAvailability()), route, nowMs);
  }

  /** Those since the last time, as one. */
  void acknowledged(Session session) {
    long upTo = session.takeAcknowledged();
    if (upTo != 0) {
      tell(
          session,
          MailboxCommand.newBuilder()
              .setAcknowledge(
                  AcknowledgeUpTo.newBuilder().setDevice(session.device.device()).setUpTo(upTo)));
    }
  }

  void resume(Session session) {
    tell(
        session,
        MailboxCommand.newBuilder()
            .setResume(
                ResumeDevice.newBuilder()
                    .setDevice(session.device.device())
                    .setEpoch(session.epoch)));
  }

  void gone(Session session, Route route, long nowMs) {
    acknowledged(session);
    tell(
        session,
        MailboxCommand.newBuilder()
            .setDeviceOffline(
                DeviceOffline.newBuilder()
                    .setDevice(session.device.device())
                    .setEpoch(session.epoch)));
    tell(session, PresenceEvent.newBuilder().setGone(Gone.getDefaultInstance()), route, nowMs);
  }

  private void tell(Session session, MailboxCommand.Builder command) {
    AccountId account = session.device.account();
    mailbox.add(account, command.setActor(account.bytes()).build());
  }

  private void tell(Session session, PresenceEvent.Builder event, Route route, long nowMs) {
    if (!presence.hasRoom()) {
      metrics.presenceDropped(); // A stale light costs little.
      return;
    }
    AccountId account = session.device.account();
    presence.add(
        account, event.setAccount(account.bytes()).setRoute(route).setTimeMs(nowMs).build());
  }
}
