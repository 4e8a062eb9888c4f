package io.bluetick.message.owner;

import io.bluetick.platform.kafka.Durable;
import io.bluetick.platform.kafka.Pack;
import io.bluetick.protocol.v1.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands stanzas to gateways, by the topic of each. A record is on its way to a gateway at a time;
 * what comes meanwhile goes with the next, and records go out together, at a pace.
 *
 * <p>What cannot be handed over is dropped, unlike what goes to the log: the mailbox still has it.
 * A gateway that misses something asks for it, and of one that is gone the devices come back.
 *
 * <p>Any thread may add. One of our own gives records to the producer, which blocks when the topic
 * of a gateway is gone.
 */
final class Handoffs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Handoffs.class);

  private final Function<String, String> topics;
  private final Supplier<Producer<byte[], byte[]>> producer;
  private final Runnable closer;
  private final HandoffSettings settings;
  private final IntConsumer dropped;
  private final Map<String, Node> nodes = new ConcurrentHashMap<>();
  private final AtomicLong waitingBytes = new AtomicLong();

  /** Those with a record to be sent, each once: bounded by the number of nodes. */
  private final BlockingQueue<Node> ready = new LinkedBlockingQueue<>();

  private final Thread sender;

  /**
   * Starts the thread.
   *
   * @param topics of a node
   * @param producer asked for each record, because one that has failed for good is replaced. Not
   *     that of the log, which must not wait for a topic that is gone
   * @param closer of the producer
   * @param dropped counts what was not handed over
   */
  Handoffs(
      Function<String, String> topics,
      Supplier<Producer<byte[], byte[]>> producer,
      Runnable closer,
      HandoffSettings settings,
      IntConsumer dropped) {
    this.topics = topics;
    this.producer = producer;
    this.closer = closer;
    this.settings = settings;
    this.dropped = dropped;
    this.sender = Thread.ofPlatform().name("handoffs").daemon().start(this::sendAll);
  }

  /**
   * Hands this over behind all that was added for the same node.
   *
   * @param ended told when it is in the gateway's topic, or dropped
   */
  void add(String node, Delivery delivery, Durable ended) {
    Node to = nodes.get(node);
    if (to == null) {
      if (nodes.size() >= settings.nodes()) {
        nodes.values().removeIf(Node::isIdle);
      }
      to = nodes.computeIfAbsent(node, Node::new);
    }
    if (!to.add(delivery, ended)) {
      dropped.accept(1);
      ended.onDurable();
    }
  }

  private void sendAll() {
    try {
      while (true) {
        ready.take().send();
        for (Node more = ready.poll(); more != null; more = ready.poll()) {
          more.send();
        }
        TimeUnit.NANOSECONDS.sleep(settings.pace().toNanos()); // What comes now goes together.
      }
    } catch (InterruptedException | InterruptException _) {
      Thread.currentThread().interrupt(); // Only close() does that.
    }
  }

  @Override
  public void close() {
    sender.interrupt();
    closer.run();
  }

  /** One gateway: packs that wait, and at most one that is on its way. */
  private final class Node {
    private final String name;
    private final Deque<Pack> packs = new ArrayDeque<>();
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private long ownBytes;
    private boolean isBusy;
    private long silentUntilNanos = System.nanoTime();

    Node(String name) {
      this.name = name;
    }

    synchronized boolean isIdle() {
      return packs.isEmpty() && !isBusy;
    }

    synchronized boolean add(Delivery delivery, Durable ended) {
      boolean hasRoom = ownBytes < settings.nodeBytes() && waitingBytes.get() < settings.bytes();
      if (!hasRoom || System.nanoTime() - silentUntilNanos < 0) {
        return false;
      }
      Pack last = packs.peekLast();
      if (last == null || last.isFull(settings.recordBytes(), Integer.MAX_VALUE)) {
        last = new Pack();
        packs.addLast(last);
      }
      int added = last.add(delivery, ended);
      ownBytes += added;
      waitingBytes.addAndGet(added);
      if (!isBusy) {
        isBusy = true;
        ready.add(this);
      }
      return true;
    }

    private void send() {
      Pack pack;
      synchronized (this) {
        pack = packs.removeFirst();
      }
      try {
        var _ =
            producer
                .get()
                .send(
                    new ProducerRecord<>(topics.apply(name), 0, null, pack.toBytes()),
                    (_, failure) -> ended(pack, failure));
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        ended(pack, e);
      }
    }

    private void ended(Pack pack, @Nullable Exception failure) {
      if (failure == null) {
        if (isFailing.compareAndSet(true, false)) {
          LOG.info("event=gateway_takes_again node={}", name);
        }
      } else {
        dropped.accept(pack.waiting().size());
        if (isFailing.compareAndSet(false, true)) {
          LOG.warn("event=gateway_does_not_take node={} cause={}", name, failure.toString());
        }
      }
      next(pack, failure != null);
      pack.waiting().forEach(Durable::onDurable);
    }

    private synchronized void next(Pack pack, boolean hasFailed) {
      ownBytes -= pack.length();
      waitingBytes.addAndGet(-pack.length());
      if (hasFailed) {
        silentUntilNanos = System.nanoTime() + settings.silence().toNanos();
      }
      isBusy = !packs.isEmpty();
      if (isBusy) {
        ready.add(this);
      }
    }
  }
}
