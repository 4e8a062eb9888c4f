package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.Unreadable;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients and what befalls them: nothing lost, nothing twice, in order. */
public final class FaultScenario {
  /** By each side. */
  private static final int SAID_WHILE_KILLED = 500;

  private static final int KILLS = 4;

  /** Before each kill; the rest is said after the last, so that nobody is done before. */
  private static final int EACH = SAID_WHILE_KILLED / (KILLS + 1);

  /** In so many turns of those who say something, they leave once. */
  private static final int LEAVES = 40;

  private static final int SAID_ON_A_FULL_DISK = 300;

  /** As large as the files of a profile may become: some of what is said has room. */
  private static final int FILE_BLOCKS = 1_500;

  private final SplittableRandom random = new SplittableRandom();
  private final ClientPeople people;

  public FaultScenario(ClientPeople people) {
    this.people = people;
  }

  /** Killed again and again, wherever it is, while the other one comes and goes. */
  public void aClientIsKilled() throws Exception {
    ClientPerson ann = people.register("ann");
    ClientPerson bob = people.register("bob").online();
    ann.leave();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = people.start(ann, bob, SAID_WHILE_KILLED, 0);
      say(bob, ann, kill * EACH, (kill + 1) * EACH);
      boolean isDone = process.waitFor(1_000 + random.nextInt(2_000), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      assertThat(isDone).isFalse();
    }
    Process last = people.start(ann, bob, SAID_WHILE_KILLED, 0);
    say(bob, ann, KILLS * EACH, SAID_WHILE_KILLED);
    assertAllIsSaidAndHeard(last, ann, bob, numbers(SAID_WHILE_KILLED));
  }

  /** A disk without room: what comes is not acknowledged, and there when there is room again. */
  public void aDiskIsFull() throws Exception {
    ClientPerson ann = people.register("ann");
    ClientPerson bob = people.register("bob").online();
    ann.leave();
    Process process = people.start(ann, bob, SAID_ON_A_FULL_DISK, FILE_BLOCKS);
    say(bob, ann, 0, SAID_ON_A_FULL_DISK);
    await()
        .atMost(ClientPerson.LIMIT)
        .until(() ->
            Files.readString(ann.folder().resolve("process.log")).contains(ChattyProcess.NO_ROOM));
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly().waitFor();

    List<String> all = numbers(SAID_ON_A_FULL_DISK);
    ann.comeBack();
    assertThat(ann.heard(bob)).isEqualTo(all.subList(0, ann.heard(bob).size()));
    assertThat(ann.heard(bob)).hasSizeLessThan(all.size());
    ann.leave();
    Process again = people.start(ann, bob, SAID_ON_A_FULL_DISK, 0);
    assertAllIsSaidAndHeard(again, ann, bob, all);
  }

  /** What waits for somebody is altered on the server: it is not shown, and asked for again. */
  public void ciphertextIsAltered(WaitingStanzas waiting) throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    bob.awaitTick(bob.say(ann, "hello"), Tick.DELIVERED);
    ann.awaitTick(ann.say(bob, "hello"), Tick.DELIVERED);
    bob.offline();
    Message first = ann.say(bob, "pay to my account");
    Message second = ann.say(bob, "not to another");
    await().atMost(ClientPerson.LIMIT).until(() -> waiting.of(bob.account()) >= 2);
    waiting.alter(bob.account());

    bob.online();
    ann.awaitTick(first, Tick.DELIVERED);
    ann.awaitTick(second, Tick.DELIVERED);
    bob.awaitHeard(ann, List.of("hello", "pay to my account", "not to another"));
    assertThat(bob.wasTold(new Unreadable(ann.account(), true))).isTrue();
  }

  private void assertAllIsSaidAndHeard(
      Process last, ClientPerson ann, ClientPerson bob, List<String> all)
      throws InterruptedException {
    assertThat(last.waitFor(90, TimeUnit.SECONDS)).as("all is said and heard").isTrue();
    assertThat(last.exitValue()).isZero();
    bob.awaitHeard(ann, all);
    ann.comeBack();
    assertThat(ann.heard(bob)).isEqualTo(all);
  }

  private void say(ClientPerson from, ClientPerson to, int first, int end) {
    for (int next = first; next < end; next++) {
      from.say(to, String.valueOf(next));
      if (random.nextInt(LEAVES) == 0) {
        from.offline();
        from.online();
      }
    }
  }

  private static List<String> numbers(int end) {
    return IntStream.range(0, end).mapToObj(String::valueOf).toList();
  }
}
