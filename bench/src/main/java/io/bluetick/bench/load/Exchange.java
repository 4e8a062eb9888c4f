package io.bluetick.bench.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.bench.device.DeviceSocket;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.device.SocketListener;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.ServerFrameType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Requests and answers on some of a fleet's sockets. Each sends a window of requests in one write,
 * waits until all of them are answered, and sends the next.
 */
public final class Exchange {
  private final SocketListener afterwards;
  private final Failures failures;
  private final List<Lane> lanes;
  private final int window;
  private final LongAdder answered = new LongAdder();
  private volatile CountDownLatch busy = new CountDownLatch(0);

  /**
   * Describes an exchange; nothing is sent yet.
   *
   * @param window 1 means that there is one request in flight per socket
   */
  public Exchange(
      Fleet fleet, int sockets, int window, Supplier<Script> scripts, Failures failures) {
    this.afterwards = fleet.resting();
    this.failures = failures;
    this.window = window;
    this.lanes =
        fleet.sockets().stream()
            .limit(sockets)
            .map(socket -> new Lane(socket, scripts.get()))
            .toList();
  }

  /**
   * Exchanges about so many requests in all, the same number on each socket, and returns how many
   * were answered. May be called again: scripts go on where they were.
   */
  public long run(long requests, Duration limit) throws InterruptedException {
    if (lanes.isEmpty()) {
      return 0;
    }
    long perLane = Math.max(1, requests / lanes.size());
    long before = answered.sum();
    busy = new CountDownLatch(lanes.size());
    for (Lane lane : lanes) {
      lane.socket.execute(() -> lane.start(perLane));
    }
    if (!busy.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      failures.add("no answer on " + busy.getCount() + " sockets");
    }
    return answered.sum() - before;
  }

  /** One socket's part. Belongs to its event loop. */
  private final class Lane implements SocketListener {
    private final DeviceSocket socket;
    private final Script script;
    private long unsent;
    private int unanswered;
    private boolean isOver;

    Lane(DeviceSocket socket, Script script) {
      this.socket = socket;
      this.script = script;
    }

    void start(long requests) {
      unsent = requests;
      if (isOver || socket.isEnded()) {
        busy.countDown();
        return;
      }
      socket.listen(this);
      sendWindow();
    }

    private void sendWindow() {
      unanswered = (int) Math.min(window, unsent);
      unsent -= unanswered;
      for (int i = 0; i < unanswered; i++) {
        socket.write(script.request());
      }
      socket.flush();
    }

    @Override
    public void frame(DeviceSocket from, int type, byte[] frame, int offset, int length) {
      int answers = answers(type, frame, offset, length);
      if (answers == 0) {
        return;
      }
      unanswered -= answers;
      if (unanswered > 0) {
        return;
      }
      if (unsent > 0) {
        sendWindow();
      } else {
        socket.listen(afterwards);
        busy.countDown();
      }
    }

    /** A refusal ends the waiting as well, but it is a failure. */
    private int answers(int type, byte[] frame, int offset, int length) {
      try {
        if (type == ServerFrameType.REFUSED.getNumber()) {
          Refused refused = Frames.decode(Refused.parser(), frame, offset, length);
          failures.add("a frame was refused: " + refused.getCode());
          return 1;
        }
        int answers = script.answers(type, frame, offset, length);
        answered.add(answers);
        return answers;
      } catch (InvalidProtocolBufferException e) {
        failures.add("a frame cannot be decoded");
        return 1;
      }
    }

    @Override
    public void ended(DeviceSocket from, Ending ending) {
      isOver = true;
      afterwards.ended(from, ending);
      busy.countDown();
    }
  }
}
