package io.bluetick.client.delivery;

import io.bluetick.client.socket.Backoff;
import io.bluetick.client.socket.Dial;
import io.bluetick.client.socket.Ending;
import io.bluetick.client.socket.SocketListener;
import io.bluetick.protocol.v1.Welcome;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection open: connects, and connects again when it should. Lives in the loop's thread.
 */
final class Uplink {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(15);

  private final Tables tables;
  private final Loop loop;
  private final Line.Caller caller;
  private final Backoff backoff;
  private final Listener listener;
  private @Nullable Line line;
  private @Nullable Connection connection;

  /** Which connection what comes belongs to: what an older one says does not count. */
  private long generation;

  private boolean isWanted;

  /** Hears what happens on the line, on the loop. */
  interface Listener {

    void opened(Connection connection, Turn turn);

    void heard(Connection connection, byte[] frame, Turn turn);
  }

  Uplink(Tables tables, Loop loop, Line.Caller caller, RandomGenerator random, Listener listener) {
    this.tables = tables;
    this.loop = loop;
    this.caller = caller;
    this.backoff = new Backoff(random);
    this.listener = listener;
  }

  Optional<Connection> connection() {
    return Optional.ofNullable(connection);
  }

  void connect(Turn turn) {
    isWanted = true;
    retry(turn);
  }

  /** Unless there is a line, or nobody wants one. */
  void retry(Turn turn) {
    if (isWanted && line == null) {
      dial(turn);
    }
  }

  void disconnect() {
    isWanted = false;
    drop();
  }

  /**
   * Ends this connection at once: what came over it and was not taken must not be taken for what
   * comes over the next, which follows after a pause.
   */
  void breakOff() {
    drop();
    loop.later(Loop.STORE_PAUSE, this::retry);
  }

  private void drop() {
    generation++;
    Line open = line;
    line = null;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  private void dial(Turn turn) {
    long acknowledged = tables.device().acknowledged();
    Dial dial =
        new Dial(
            tables.own().server(),
            tables.own().serverKey(),
            tables.own().address(),
            tables.own().noise(),
            acknowledged,
            tables.device().nextAttempt(),
            OPEN_LIMIT);
    long mine = ++generation;
    // Effects happen on the loop too, so the line is known before anything comes over it.
    turn.after(() -> {
      if (mine == generation) {
        line = caller.call(dial, new Ears(mine, acknowledged));
      }
    });
  }

  private void opened(long mine, long acknowledged, Welcome welcome, Turn turn) {
    Line open = line;
    if (mine != generation || open == null) {
      return;
    }
    backoff.reset();
    long serverTimeMs = welcome.getServerTimeMs();
    tables.device().clockOffset(serverTimeMs - tables.clock().millis());
    Connection opened = new Connection(open, acknowledged, serverTimeMs, welcome.getLimits());
    connection = opened;
    turn.after(() -> open.readOn(Loop.TURN_LIMIT));
    turn.tell(new ClientEvent.Online());
    listener.opened(opened, turn);
  }

  private void heard(long mine, byte[] frame, Turn turn) {
    Connection open = connection;
    if (mine == generation && open != null) {
      turn.after(() -> open.line.readOn(1));
      listener.heard(open, frame, turn);
    }
  }

  private void ended(long mine, Ending ending, Turn turn) {
    if (mine != generation) {
      return;
    }
    line = null;
    connection = null;
    if (!isWanted) {
      return;
    }
    switch (ending) {
      case Ending.Replaced() -> stop("another connection of this device took over", turn);
      case Ending.Refused(int code, String slug)
          when code == 4426 || "upgrade-required".equals(slug) ->
          stop("this version is too old for the server", turn);
      case Ending.GoAway(long afterMs) ->
          again("the server asks to come back later", Duration.ofMillis(afterMs), turn);
      case Ending.Refused(int code, String slug) ->
          again("refused: " + slug + " (" + code + ")", backoff.next(), turn);
      case Ending.Broken(String why) -> again(why, backoff.next(), turn);
      case Ending.Lost(String why) -> again(why, backoff.next(), turn);
      case Ending.Closed() -> again("closed", backoff.next(), turn);
    }
  }

  private void stop(String why, Turn turn) {
    isWanted = false;
    turn.tell(new ClientEvent.Stopped(why));
  }

  private void again(String why, Duration after, Turn turn) {
    turn.tell(new ClientEvent.Offline(why, after));
    long mine = generation;
    loop.later(
        after,
        then -> {
          if (mine == generation) {
            retry(then);
          }
        });
  }

  /** Brings what comes to the loop. */
  private final class Ears implements SocketListener {
    private final long mine;
    private final long acknowledged;

    Ears(long mine, long acknowledged) {
      this.mine = mine;
      this.acknowledged = acknowledged;
    }

    @Override
    public void opened(Welcome welcome) {
      loop.post(turn -> Uplink.this.opened(mine, acknowledged, welcome, turn));
    }

    @Override
    public void heard(byte[] frame) {
      loop.post(new FrameTask(frame));
    }

    @Override
    public void ended(Ending ending) {
      loop.post(turn -> Uplink.this.ended(mine, ending, turn));
    }

    /** A frame that cannot be taken ends the connection: it comes again. */
    private final class FrameTask implements Task {
      private final byte[] frame;

      FrameTask(byte[] frame) {
        this.frame = frame;
      }

      @Override
      public void run(Turn turn) {
        Uplink.this.heard(mine, frame, turn);
      }

      @Override
      public void failed(RuntimeException cause) {
        if (mine == generation) {
          breakOff();
          loop.post(
              turn -> turn.tell(new ClientEvent.Trouble("a frame could not be taken: " + cause)));
        }
      }

      @Override
      public void undone(RuntimeException cause) {
        // The connection was broken off; the frame comes again over the next.
      }
    }
  }
}
