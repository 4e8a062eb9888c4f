package io.bluetick.gateway.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.UnsafeByteOperations;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.MailboxCommand;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is true of a topic of commands, the fake and the real one. */
public abstract class CommandTopicContract {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int COMMANDS = 2_000;

  private final SecureRandom random = new SecureRandom();
  private final AccountId actor = AccountId.random(random);
  private final AccountId other = AccountId.random(random);

  /** The topic of the test; new for each. */
  protected abstract CommandTopic topic();

  /** What became durable for an actor, in order. */
  protected abstract List<MailboxCommand> durable(AccountId actor);

  /** From now on nothing becomes durable. */
  protected abstract void hold();

  /** From now on everything does, and what was held at once. */
  protected abstract void release();

  /** After {@link #hold}: has so much wait that there is no room. */
  protected abstract void fill();

  static MailboxCommand command(AccountId actor, long number) {
    return MailboxCommand.newBuilder()
        .setActor(actor.bytes())
        .setAcknowledge(AcknowledgeUpTo.newBuilder().setUpTo(number))
        .build();
  }

  static List<Long> numbers(List<MailboxCommand> commands) {
    return commands.stream().map(command -> command.getAcknowledge().getUpTo()).toList();
  }

  @Test
  void commands_of_an_actor_keep_their_order() {
    AtomicInteger told = new AtomicInteger();
    for (int number = 1; number <= COMMANDS; number++) {
      topic().add(actor, command(actor, number), told::incrementAndGet);
      topic().add(other, command(other, -number));
    }
    await().atMost(LIMIT).untilAtomic(told, equalTo(COMMANDS));
    assertThat(numbers(durable(actor)))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, COMMANDS).boxed().toList());
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(numbers(durable(other)))
                .containsExactlyElementsOf(
                    LongStream.rangeClosed(1, COMMANDS).map(number -> -number).boxed().toList()));
  }

  @Test
  void nobody_is_told_before_it_is_durable_and_then_once() {
    AtomicInteger told = new AtomicInteger();
    hold();
    for (int number = 1; number <= 10; number++) {
      topic().add(actor, command(actor, number), told::incrementAndGet);
    }
    assertThat(told).hasValue(0);
    release();
    await().atMost(LIMIT).untilAtomic(told, equalTo(10));
    AtomicInteger later = new AtomicInteger();
    topic().add(actor, command(actor, 11), later::incrementAndGet);
    await().atMost(LIMIT).untilAtomic(later, equalTo(1));
    assertThat(told).hasValue(10);
  }

  @Test
  void a_command_may_be_overwritten_when_it_was_added() {
    byte[] bytes = "as it was".getBytes(StandardCharsets.UTF_8);
    MailboxCommand command =
        MailboxCommand.newBuilder()
            .setActor(actor.bytes())
            .setDeliver(
                Deliver.newBuilder()
                    .addDevices(
                        DeviceCiphertext.newBuilder()
                            .setCiphertext(UnsafeByteOperations.unsafeWrap(bytes))))
            .build();
    AtomicInteger told = new AtomicInteger();
    hold();
    topic().add(actor, command, told::incrementAndGet);
    bytes[0] = 'X';
    release();
    await().atMost(LIMIT).untilAtomic(told, equalTo(1));
    assertThat(
            durable(actor)
                .getFirst()
                .getDeliver()
                .getDevices(0)
                .getCiphertext()
                .toString(StandardCharsets.UTF_8))
        .isEqualTo("as it was");
  }

  @Test
  void who_asks_for_room_is_called_at_once_when_there_is_some() {
    AtomicInteger called = new AtomicInteger();
    assertThat(topic().hasRoom()).isTrue();
    topic().whenRoom(called::incrementAndGet);
    assertThat(called).hasValue(1);
  }

  @Test
  void who_waits_for_room_is_called_once_when_there_is_some_again() {
    AtomicInteger called = new AtomicInteger();
    hold();
    fill();
    assertThat(topic().hasRoom()).isFalse();
    topic().whenRoom(called::incrementAndGet);
    assertThat(called).hasValue(0);
    release();
    await().atMost(LIMIT).untilAtomic(called, equalTo(1));
    assertThat(topic().hasRoom()).isTrue();
    topic().whenRoom(() -> {});
    assertThat(called).hasValue(1);
  }

  @Test
  void a_full_topic_still_takes_what_is_added() {
    AtomicInteger told = new AtomicInteger();
    hold();
    fill();
    topic().add(actor, command(actor, 4_711), told::incrementAndGet);
    release();
    await().atMost(LIMIT).untilAtomic(told, equalTo(1));
    assertThat(numbers(durable(actor))).contains(4_711L);
  }
}
