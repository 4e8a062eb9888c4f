package io.bluetick.gateway.socket;

import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Target;

/**
 * Decides what becomes of a stanza that was handed over for a connection, by the rule that stands
 * at Target in outbound.proto, and by whether its socket keeps up.
 */
final class Deliverer {
  private final SocketConnection connection;
  private final SocketLoop loop;

  Deliverer(SocketConnection connection) {
    this.connection = connection;
    this.loop = connection.loop();
  }

  void deliver(Delivery delivery, Target target, Session session) {
    boolean counts = target.getSequence() != 0 || delivery.hasDrained();
    if (counts) {
      if (target.getSequence() != 0 && session.isWritten(target.getSequence())) {
        return;
      }
      if (session.lagging || !session.isWritten(target.getPrevious())) {
        askOverGap(session);
        return;
      }
    }
    if (isSlow()) {
      loop.context.metrics().slow();
      session.lagging |= counts;
    } else if (ServerFrames.isTellable(delivery)) {
      ServerFrames.ServerFrame frame = ServerFrames.of(delivery, target.getSequence(), session);
      connection.send(frame.type(), frame.message());
    } else {
      untellable(counts);
    }
  }

  /**
   * A service newer than this gateway says what it cannot pass on. The device must not go on past
   * it, so it goes: another gateway may know it.
   */
  private void untellable(boolean counts) {
    loop.context.metrics().undeliverable();
    if (counts) {
      connection.sendAway();
    }
  }

  private boolean isSlow() {
    return !connection.isWritable() || (loop.isUnderPressure() && !connection.isDrained());
  }

  /** A socket that lags is asked for when it has drained. */
  private void askOverGap(Session session) {
    if (!session.lagging && session.asksToResume(loop.nowS())) {
      resume(session);
    }
  }

  /** When the socket may have drained; again and again, because it may be too early to ask. */
  void catchUp(Session session) {
    if (session.lagging && !isSlow() && session.asksToResume(loop.nowS())) {
      session.lagging = false;
      resume(session);
    }
  }

  private void resume(Session session) {
    loop.context.metrics().resumed();
    loop.reports.resume(session);
  }
}
