package io.bluetick.bench.load;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.DeviceSocket;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.SocketListener;
import io.bluetick.bench.device.Target;
import io.bluetick.protocol.v1.Welcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Many devices that connect side by side, but only so many at a time, and then stay. One that is
 * told to go away comes back when it was told to; every other refusal is a failure.
 */
public final class Fleet {
  /** So many failures mean that the rest would fail as well. */
  private static final int FAILURES_LIMIT = 100;

  private static final long POLL_MS = 20;

  private final SocketClient client;
  private final Target target;
  private final InetAddress source;
  private final int atOnce;
  private final Failures failures;
  private final ConcurrentLinkedQueue<DeviceSocket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicLong sheds = new AtomicLong();
  private final AtomicLong gone = new AtomicLong();
  private final SocketListener resting = new Resting();
  private volatile boolean leaving;

  /**
   * Describes a fleet; nothing happens yet.
   *
   * @param source the address of this machine that it connects from
   */
  public Fleet(
      SocketClient client, Target target, InetAddress source, int atOnce, Failures failures) {
    this.client = client;
    this.target = target;
    this.source = source;
    this.atOnce = atOnce;
    this.failures = failures;
  }

  /** The sockets that are open, or were and have failed since. */
  public List<DeviceSocket> sockets() {
    return List.copyOf(sockets);
  }

  /** How often devices were told to go away while they connected. */
  public long sheds() {
    return sheds.get();
  }

  /** Connects devices of which nothing is wanted yet. */
  public void open(List<Device> devices, Duration limit) throws InterruptedException {
    open(devices, _ -> resting, limit);
  }

  /**
   * Connects these devices, and returns when each has a session or has failed.
   *
   * @param owners who hears of a device's socket from its opening on; they tell {@link #resting} of
   *     its end
   */
  public void open(List<Device> devices, Function<Device, SocketListener> owners, Duration limit)
      throws InterruptedException {
    BlockingQueue<Device> waiting = new LinkedBlockingQueue<>(devices);
    Semaphore permits = new Semaphore(atOnce);
    AtomicLong settled = new AtomicLong();
    long start = System.nanoTime();
    long failedBefore = failures.total();
    while (settled.get() < devices.size()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        failures.add("only %d of %d were open in time".formatted(settled.get(), devices.size()));
        return;
      }
      if (failures.total() - failedBefore > FAILURES_LIMIT) {
        failures.add("too many failures: the rest was not tried");
        return;
      }
      if (permits.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
        Device device = waiting.poll(POLL_MS, TimeUnit.MILLISECONDS);
        if (device == null) {
          permits.release();
        } else {
          Opening opening = new Opening(device, owners.apply(device), waiting, permits, settled);
          client.connect(target, device, source, opening);
        }
      }
    }
  }

  /** Closes all sockets, and returns when that is done. */
  public void leave(Duration limit) throws InterruptedException {
    leaving = true;
    for (DeviceSocket socket : sockets) {
      socket.execute(socket::close);
    }
    long start = System.nanoTime();
    while (gone.get() < sockets.size()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        failures.add("sockets would not close");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** Hears of sockets of which nothing is wanted, and notices when one ends. */
  public SocketListener resting() {
    return resting;
  }

  /** One device on its way to a session. */
  private final class Opening implements SocketListener {
    private final Device device;
    private final SocketListener owner;
    private final BlockingQueue<Device> waiting;
    private final Semaphore permits;
    private final AtomicLong settled;

    Opening(
        Device device,
        SocketListener owner,
        BlockingQueue<Device> waiting,
        Semaphore permits,
        AtomicLong settled) {
      this.device = device;
      this.owner = owner;
      this.waiting = waiting;
      this.permits = permits;
      this.settled = settled;
    }

    @Override
    public void opened(DeviceSocket socket, Welcome welcome) {
      sockets.add(socket);
      socket.listen(owner);
      owner.opened(socket, welcome);
      settled.incrementAndGet();
      permits.release();
      if (leaving) {
        socket.close();
      }
    }

    @Override
    public void ended(DeviceSocket socket, Ending ending) {
      permits.release();
      if (ending instanceof Ending.GoAway goAway) {
        sheds.incrementAndGet();
        client.later(Duration.ofMillis(goAway.retryAfterMs()), () -> waiting.add(device));
      } else {
        failures.add(ending.describe());
        settled.incrementAndGet();
      }
    }
  }

  /** One device in its session, of which nothing is wanted. */
  private final class Resting implements SocketListener {
    @Override
    public void ended(DeviceSocket socket, Ending ending) {
      gone.incrementAndGet();
      if (!leaving) {
        failures.add(ending.describe());
      }
    }
  }
}
