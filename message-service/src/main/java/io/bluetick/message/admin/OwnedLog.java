package io.bluetick.message.admin;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Who owns the partitions of the command log, and how far they are, as Kafka says. */
final class OwnedLog {
  private static final int ANSWER_LIMIT_S = 10;

  private final Admin admin;
  private final List<TopicPartition> partitions;
  private final String group;

  OwnedLog(Admin admin, String topic, int partitions, String group) {
    this.admin = admin;
    this.partitions =
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(topic, each)).toList();
    this.group = group;
  }

  /**
   * A partition.
   *
   * @param owner null: none at the moment
   * @param endOffset that the next record will get
   * @param committedOffset null: nothing was given up yet
   * @param lag records that would be read again if the owner died now
   * @param checkpointAt when the log was given up last; null if that is not known
   */
  record OwnedPartition(
      int number,
      @Nullable Owner owner,
      long endOffset,
      @Nullable Long committedOffset,
      long lag,
      @Nullable Instant checkpointAt) {}

  /** A thread of an instance of this service. */
  record Owner(String instance, String host) {}

  /** Throws {@link BluetickException} if Kafka does not answer. */
  List<OwnedPartition> partitions() {
    var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
    var ends = admin.listOffsets(all(OffsetSpec.latest())).all();
    var beginnings = admin.listOffsets(all(OffsetSpec.earliest())).all();
    var members = admin.describeConsumerGroups(List.of(group)).describedGroups();
    Map<TopicPartition, Owner> owners = owners(members.get(group));
    Map<TopicPartition, OffsetAndMetadata> offsets = answered(committed);
    Map<TopicPartition, Long> first = offsets(answered(beginnings));
    Map<TopicPartition, Long> end = offsets(answered(ends));
    return partitions.stream()
        .map(each ->
            partition(
                each,
                owners.get(each),
                first.getOrDefault(each, 0L),
                end.getOrDefault(each, 0L),
                offsets.get(each)))
        .toList();
  }

  private static OwnedPartition partition(
      TopicPartition partition,
      @Nullable Owner owner,
      long first,
      long end,
      @Nullable OffsetAndMetadata committed) {
    long from = committed == null ? first : Math.max(first, committed.offset());
    return new OwnedPartition(
        partition.partition(),
        owner,
        end,
        committed == null ? null : committed.offset(),
        Math.max(0, end - from),
        committed == null ? null : checkpointAt(committed.metadata()));
  }

  /** The owner commits the time with the offset. */
  private static @Nullable Instant checkpointAt(String metadata) {
    return metadata.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(metadata)) : null;
  }

  private Map<TopicPartition, OffsetSpec> all(OffsetSpec spec) {
    return partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
  }

  private static Map<TopicPartition, Long> offsets(
      Map<TopicPartition, ListOffsetsResultInfo> found) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private static Map<TopicPartition, Owner> owners(
      @Nullable KafkaFuture<ConsumerGroupDescription> described) {
    Map<TopicPartition, Owner> owners = new HashMap<>();
    for (MemberDescription member : members(described)) {
      Owner owner = new Owner(member.groupInstanceId().orElse(member.clientId()), member.host());
      member.assignment().topicPartitions().forEach(each -> owners.put(each, owner));
    }
    return owners;
  }

  private static Collection<MemberDescription> members(
      @Nullable KafkaFuture<ConsumerGroupDescription> described) {
    try {
      return described == null ? List.of() : answered(described).members();
    } catch (AwayException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of(); // Nobody was ever in it.
      }
      throw e;
    }
  }

  private static <T> T answered(KafkaFuture<T> answer) {
    try {
      return answer.get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AwayException(e.getCause());
    } catch (TimeoutException e) {
      throw new AwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AwayException(e);
    }
  }

  /** Kafka does not answer, or refuses. */
  private static final class AwayException extends BluetickException {
    private static final long serialVersionUID = 1L;

    AwayException(@Nullable Throwable cause) {
      super(ErrorCode.UNAVAILABLE, "Kafka does not answer; try again later.");
      initCause(cause);
    }
  }
}
