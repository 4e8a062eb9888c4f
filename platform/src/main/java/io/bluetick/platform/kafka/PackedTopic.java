package io.bluetick.platform.kafka;

import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Sequence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs commands into records, one record per partition on its way at a time.
 *
 * <h2>Batches without waiting</h2>
 *
 * A produce costs Kafka and us far more than a command in it. What is added while a partition's
 * record is on its way is gathered and goes with the next: no delay when idle, large records when
 * busy. One record at a time is also what keeps the order when a record must be tried again. And
 * records go out together, at a pace: at middling load most of the cost would be that of requests.
 *
 * <h2>Threads</h2>
 *
 * Many add, under the lock of one partition, for the time of copying some hundred bytes. One thread
 * of our own gives records to the producer, which may block for seconds when Kafka is away. Kafka's
 * thread tells what became durable.
 *
 * <h2>Bounds</h2>
 *
 * A record that Kafka does not take is tried again until it does: who waits for it goes on waiting,
 * and nothing behind it overtakes. What waits is bounded in bytes: beyond it {@link #hasRoom} says
 * no, until half of it is gone.
 */
public final class PackedTopic implements CommandTopic, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PackedTopic.class);

  private final String name;
  private final Supplier<Producer<byte[], byte[]>> producer;
  private final PackingSettings settings;
  private final IntConsumer recordMeter;
  private final long paceNanos;
  private final Lane[] lanes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Queue<Runnable> waitingForRoom = new ConcurrentLinkedQueue<>();
  private final Thread sender;
  private volatile boolean woken;
  private volatile boolean closing;
  private volatile boolean failing;

  /**
   * @param producer asked for each record: one that has failed for good is replaced by who made it
   */
  public PackedTopic(
      String name,
      int partitions,
      Supplier<Producer<byte[], byte[]>> producer,
      PackingSettings settings,
      IntConsumer recordMeter) {
    this.name = name;
    this.producer = producer;
    this.settings = settings;
    this.paceNanos = settings.pace().toNanos();
    this.recordMeter = recordMeter;
    this.lanes = new Lane[partitions];
    for (int i = 0; i < partitions; i++) {
      lanes[i] = new Lane(i);
    }
    this.sender = Thread.ofPlatform().name("pack-" + name).daemon().start(this::sendAll);
  }

  @Override
  public void add(AccountId actor, MessageLite command, Durable durable) {
    add(Partitions.of(actor, lanes.length), command, durable);
  }

  /** As {@link #add}, of a command for actors of this partition. */
  public void add(int partition, MessageLite command, Durable durable) {
    lanes[partition].add(command, durable);
  }

  @Override
  public boolean hasRoom() {
    return waitingBytes.get() < settings.bufferBytes();
  }

  @Override
  public void whenRoom(Runnable listener) {
    waitingForRoom.add(listener);
    callThoseWaiting();
  }

  public long waitingBytes() {
    return waitingBytes.get();
  }

  /** Waits, within its bound, for what was added; then the rest is given up. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + settings.closeTimeout().toNanos();
    while (waitingBytes.get() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    closing = true;
    wake();
    long lost = waitingBytes.get();
    if (lost > 0) {
      LOG.warn("event=stopped_before_kafka_took_all topic={} bytes={}", name, lost);
    }
  }

  private void callThoseWaiting() {
    while (waitingBytes.get() <= settings.bufferBytes() / 2) {
      Runnable listener = waitingForRoom.poll();
      if (listener == null) {
        return;
      }
      tell(listener);
    }
  }

  /** One that fails must not keep the word from those behind it. */
  private void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.error("event=listener_failed topic={}", name, e);
    }
  }

  /** Not by an unpark alone: the producer parks this thread too, and would use it up. */
  private void wake() {
    if (!woken) {
      woken = true;
      LockSupport.unpark(sender);
    }
  }

  /** The sender's thread: gives each lane's next record to Kafka, then waits to be woken. */
  private void sendAll() {
    while (!closing) {
      woken = false;
      long began = System.nanoTime();
      long nextRetryNanos = Long.MAX_VALUE;
      for (Lane lane : lanes) {
        nextRetryNanos = Math.min(nextRetryNanos, lane.sendNext());
      }
      if (!woken) {
        LockSupport.parkNanos(this, nextRetryNanos); // The maximum is for ever.
      }
      keepPace(began);
    }
  }

  private void keepPace(long began) {
    long left = paceNanos - (System.nanoTime() - began);
    while (left > 0 && !closing) {
      LockSupport.parkNanos(this, left);
      left = paceNanos - (System.nanoTime() - began);
    }
  }

  private void tellFailure(Exception failure) {
    if (!failing) {
      failing = true;
      LOG.warn("event=kafka_does_not_take topic={} cause={}", name, failure.toString());
    }
  }

  private void tellSuccess() {
    if (failing) {
      failing = false;
      LOG.info("event=kafka_takes_again topic={}", name);
    }
  }

  /** One partition: packs that wait, and at most one that is on its way. */
  private final class Lane {
    private final int partition;
    private final Deque<Pack> packs = new ArrayDeque<>();
    private boolean onItsWay;
    private long retryAtNanos;
    private boolean retrying;

    Lane(int partition) {
      this.partition = partition;
    }

    void add(MessageLite command, Durable durable) {
      boolean idle;
      synchronized (this) {
        Pack last = packs.peekLast();
        boolean sealed = packs.size() == 1 && (onItsWay || retrying);
        if (last == null
            || sealed
            || last.isFull(settings.recordBytes(), Sequence.COMMANDS_PER_RECORD)) {
          last = new Pack();
          packs.addLast(last);
        }
        waitingBytes.addAndGet(last.add(command, durable));
        idle = !onItsWay;
      }
      if (idle) {
        wake();
      }
    }

    /** Returns after how many nanoseconds to come again; the maximum: when woken. */
    long sendNext() {
      Pack pack;
      synchronized (this) {
        pack = packs.peekFirst();
        if (pack == null || onItsWay) {
          return Long.MAX_VALUE;
        }
        long delay = retrying ? retryAtNanos - System.nanoTime() : 0;
        if (delay > 0) {
          return delay;
        }
        onItsWay = true;
      }
      try {
        var _ =
            producer
                .get()
                .send(
                    new ProducerRecord<>(name, partition, null, pack.toBytes()),
                    (_, failure) -> ended(pack, failure));
      } catch (RuntimeException e) {
        ended(pack, e);
      }
      return Long.MAX_VALUE;
    }

    private void ended(Pack pack, @Nullable Exception failure) {
      if (failure != null) {
        tellFailure(failure);
        synchronized (this) {
          onItsWay = false;
          retrying = true;
          retryAtNanos = System.nanoTime() + settings.retryDelay().toNanos();
        }
        wake();
        return;
      }
      tellSuccess();
      boolean more;
      synchronized (this) {
        packs.removeFirst();
        onItsWay = false;
        retrying = false;
        more = !packs.isEmpty();
      }
      if (more) {
        wake();
      }
      recordMeter.accept(pack.length());
      waitingBytes.addAndGet(-pack.length());
      pack.waiting().forEach(durable -> tell(durable::onDurable));
      callThoseWaiting();
    }
  }
}
