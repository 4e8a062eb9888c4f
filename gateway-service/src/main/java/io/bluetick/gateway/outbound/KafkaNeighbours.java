package io.bluetick.gateway.outbound;

import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Displaced;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Target;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches other gateways by their own topics, from a thread of its own: the producer may block when
 * Kafka or the topic is away.
 */
final class KafkaNeighbours implements Neighbours, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaNeighbours.class);

  /** Beyond it they are not told; the mailbox obeys the newer connection anyhow. */
  private static final int MAX_WAITING = 1_024;

  private final TopicPlan plan;

  /** Its own, because one that waits for the topic of a dead gateway must wait only shortly. */
  private final Producer<byte[], byte[]> producer;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("neighbours").daemon().factory());

  KafkaNeighbours(TopicPlan plan, Producer<byte[], byte[]> producer) {
    this.plan = plan;
    this.producer = producer;
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void displaced(String node, long connection, long epoch) {
    OutboundBatch batch =
        OutboundBatch.newBuilder()
            .addDeliveries(
                Delivery.newBuilder()
                    .addTargets(Target.newBuilder().setConnection(connection))
                    .setDisplaced(Displaced.newBuilder().setEpoch(epoch)))
            .build();
    send(node, batch);
  }

  /** Writes nothing to a gateway's topic: others see that it is still written to. */
  void beat(String node) {
    send(node, OutboundBatch.getDefaultInstance());
  }

  private void send(String node, OutboundBatch batch) {
    String topic = plan.name(Topics.outbound(node));
    try {
      thread.execute(() -> send(topic, batch.toByteArray()));
    } catch (RejectedExecutionException _) {
      LOG.warn("event=neighbour_not_told node={}", node);
    }
  }

  private void send(String topic, byte[] batch) {
    var _ =
        producer.send(
            new ProducerRecord<>(topic, 0, null, batch),
            (_, failure) -> {
              if (failure != null) {
                LOG.warn("event=neighbour_not_told topic={} cause={}", topic, failure.toString());
              }
            });
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
