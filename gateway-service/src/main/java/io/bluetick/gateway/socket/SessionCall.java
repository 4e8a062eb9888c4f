package io.bluetick.gateway.socket;

import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.gateway.session.StaticKey;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.Open;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one question to session-service by which a connection opens.
 *
 * <p>It holds the connection's place among those that open until it has ended, whatever becomes of
 * the connection meanwhile: who comes and goes does not make room for more calls than the bound.
 *
 * @param key that the device has proved
 * @param open its first frame
 */
record SessionCall(SocketConnection connection, DeviceAddress device, StaticKey key, Open open) {

  /** Asks when it is its turn. */
  void begin() {
    admission().call(this::ask);
  }

  private Openings admission() {
    return context().admission().openings();
  }

  private SocketContext context() {
    return connection.loop().context;
  }

  private void ask() {
    if (connection.isEnded()) {
      end();
      return;
    }
    long askedNanos = System.nanoTime();
    CompletableFuture<Answer> asked = answer();
    Duration limit = context().settings().openTimeout();
    var _ =
        asked
            .copy()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((said, failure) -> {
              context().metrics().sessionCall(Duration.ofNanos(System.nanoTime() - askedNanos));
              if (failure instanceof TimeoutException) {
                var _ = asked.thenAccept(this::abandon);
              }
              connection.loop().executor.execute(() -> answered(said));
            });
  }

  private CompletableFuture<Answer> answer() {
    Place here = new Place(context().node(), connection.number());
    try {
      return context()
          .outside()
          .sessions()
          .open(new Asked(device, key, here, open.getAttempt()))
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void end() {
    admission().leave();
    admission().callEnded();
  }

  /** Nobody is told of a session that comes too late: the connection it displaced lives on. */
  private void abandon(Answer late) {
    if (late instanceof Answer.Opened opened) {
      context().outside().sessions().abandon(device, opened);
    }
  }

  /** On the connection's loop. */
  private void answered(@Nullable Answer answer) {
    end();
    if (connection.isEnded()) {
      if (answer != null) {
        abandon(answer);
      }
      return;
    }
    switch (answer) {
      case null -> shed();
      case Answer.Refused(ErrorCode code) when code.retry() == ErrorCode.Retry.LATER -> shed();
      case Answer.Refused(ErrorCode code) -> connection.end(code);
      case Answer.Opened opened -> {
        opened.displaced().ifPresent(place -> displace(place, opened.epoch()));
        connection.opened(device, open, opened);
      }
    }
  }

  private void shed() {
    context().metrics().shed(SocketMetrics.Shed.SESSIONS);
    connection.sendAway();
  }

  private void displace(Place place, long epoch) {
    if (place.node().equals(context().node())) {
      connection.loop().group.displaced(place.connection(), epoch);
    } else {
      context().outside().neighbours().displaced(place.node(), place.connection(), epoch);
    }
  }
}
