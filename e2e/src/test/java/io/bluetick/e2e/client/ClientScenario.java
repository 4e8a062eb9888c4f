package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.bench.member.DevCodes;
import io.bluetick.client.Profile;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.CaughtUp;
import io.bluetick.client.delivery.ClientEvent.IdentityChanged;
import io.bluetick.client.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** People who use the SDK, over the real stack. */
public final class ClientScenario implements AutoCloseable {
  /** Apart from those that other scenarios register. */
  private static final int FIRST_NUMBER = 5_000_000;

  private static final int NUMBERS = 1_000_000;
  private static final int SAID_WHILE_KILLED = 150;
  private static final int KILLS = 3;

  /** Before each kill; the rest is said after the last, so that nobody is done before. */
  private static final int EACH = SAID_WHILE_KILLED / (KILLS + 1);

  private final SplittableRandom random = new SplittableRandom();
  private final List<ClientPerson> people = new ArrayList<>();
  private final Path folder;
  private final URI edge;
  private final DevCodes codes;
  private int number = FIRST_NUMBER + random.nextInt(NUMBERS);

  /**
   * At a stack that is up.
   *
   * @param home of the stack
   * @param folder for the profiles
   */
  public ClientScenario(URI edge, Path home, Path folder) {
    this.folder = folder;
    this.edge = edge;
    this.codes = new DevCodes(home.resolve("logs/session-service.log"));
  }

  @Override
  public void close() {
    people.forEach(ClientPerson::close);
  }

  private ClientPerson register(String name, String number)
      throws IOException, InterruptedException {
    ClientPerson person = ClientPerson.register(folder.resolve(name), edge, codes, number);
    people.add(person);
    return person;
  }

  private String nextNumber() {
    number++;
    return "+491511%07d".formatted(number);
  }

  /** Ticks, edits and deletions, offline and back, and nothing of it in clear on the disk. */
  public void twoPeopleTalk() throws Exception {
    ClientPerson ann = register("ann", nextNumber()).online();
    ClientPerson bob = register("bob", nextNumber());
    Message first = ann.say(bob, "the quick brown fox");
    ann.awaitTick(first, Tick.ACCEPTED);
    bob.online();
    ann.awaitTick(first, Tick.DELIVERED);
    // It waits in the store until it is known who writes.
    bob.awaitTexts(ann, "the quick brown fox");
    bob.say(ann, "jumps over");
    ann.awaitTexts(bob, "the quick brown fox", "jumps over");
    assertThat(bob.with(ann).read().join()).isEqualTo(1);
    ann.awaitTick(first, Tick.READ);

    ann.with(bob).edit(first, "the slow brown fox").join();
    bob.awaitTexts(ann, "the slow brown fox", "jumps over");
    ann.with(bob).delete(first).join();
    bob.awaitTexts(ann, "", "jumps over");

    bob.offline();
    ann.say(bob, "one");
    ann.awaitTick(ann.say(bob, "two"), Tick.ACCEPTED);
    bob.online();
    bob.awaitTexts(ann, "", "jumps over", "one", "two");
    assertThat(bob.profile().history().search("jum", 10)).hasSize(1);

    String ours = ann.profile().safetyNumber(bob.account()).orElseThrow();
    assertThat(bob.profile().safetyNumber(ann.account())).contains(ours);
    assertNothingInClear(bob.folder(), "jumps over", "brown fox");
    assertThatThrownBy(() -> Profile.open(bob.folder(), ClientPerson.PASSPHRASE.toCharArray()))
        .isInstanceOfSatisfying(
            StoreException.class,
            refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.IN_USE));
  }

  /** The same number on a new phone: others are told, and go on. */
  public void aPhoneIsReinstalled() throws Exception {
    String number = nextNumber();
    ClientPerson ann = register("ann", nextNumber()).online();
    ClientPerson before = register("before", number).online();
    ann.awaitTick(ann.say(before, "to the old phone"), Tick.DELIVERED);
    before.awaitTexts(ann, "to the old phone");

    ClientPerson after = register("after", number).online();
    assertThat(after.account()).isEqualTo(before.account());
    ann.awaitTick(ann.say(after, "to the new phone"), Tick.DELIVERED);
    after.awaitTexts(ann, "to the new phone");
    await()
        .atMost(ClientPerson.LIMIT)
        .until(() -> ann.wasTold(new IdentityChanged(after.account(), false)));
    after.say(ann, "from the new phone");
    ann.awaitTexts(after, "to the old phone", "to the new phone", "from the new phone");
  }

  /** A laptop scans into the account, hears what is said, and goes again. */
  public void aCompanionIsLinked() throws Exception {
    ClientPerson ann = register("ann", nextNumber()).online();
    ClientPerson bob = register("bob", nextNumber()).online();
    bob.awaitTick(bob.say(ann, "before"), Tick.DELIVERED);

    ClientPerson laptop = ClientPerson.link(folder.resolve("laptop"), edge, ann);
    people.add(laptop);
    laptop.online();
    // Before its mailbox knows of it, it is nobody who could miss something.
    await().atMost(ClientPerson.LIMIT).until(() -> laptop.wasTold(new CaughtUp()));
    assertThat(ann.devices()).hasSize(2);
    bob.awaitTick(bob.say(ann, "after"), Tick.DELIVERED);
    laptop.awaitTexts(bob, "after");
    ann.awaitTexts(bob, "before", "after");
    laptop.say(bob, "from the laptop");
    ann.awaitTexts(bob, "before", "after", "from the laptop");
    bob.awaitTexts(ann, "before", "after", "from the laptop");
    ann.say(bob, "from the phone");
    laptop.awaitTexts(bob, "after", "from the laptop", "from the phone");

    ann.remove(laptop);
    assertThat(ann.devices()).hasSize(1);
    bob.say(ann, "not for the laptop");
    ann.awaitTexts(
        bob, "before", "after", "from the laptop", "from the phone", "not for the laptop");
    assertThat(laptop.texts(bob)).doesNotContain("not for the laptop");
  }

  /** A client is killed again and again, wherever it is: nothing lost, nothing twice, in order. */
  public void aClientIsKilled() throws Exception {
    ClientPerson ann = register("ann", nextNumber());
    ClientPerson bob = register("bob", nextNumber()).online();
    ann.leave();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(ann, bob);
      say(bob, ann, kill * EACH, (kill + 1) * EACH);
      boolean isDone = process.waitFor(1_000 + random.nextInt(2_000), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      assertThat(isDone).isFalse();
    }
    Process last = start(ann, bob);
    say(bob, ann, KILLS * EACH, SAID_WHILE_KILLED);
    assertThat(last.waitFor(60, TimeUnit.SECONDS)).as("all is said and heard").isTrue();
    assertThat(last.exitValue()).isZero();

    List<String> all = IntStream.range(0, SAID_WHILE_KILLED).mapToObj(String::valueOf).toList();
    await().atMost(ClientPerson.LIMIT).until(() -> bob.heard(ann).size() >= all.size());
    assertThat(bob.heard(ann)).isEqualTo(all);
    ann.comeBack();
    assertThat(ann.heard(bob)).isEqualTo(all);
  }

  private static void say(ClientPerson from, ClientPerson to, int first, int end) {
    for (int next = first; next < end; next++) {
      from.say(to, String.valueOf(next));
    }
  }

  private static Process start(ClientPerson person, ClientPerson peer) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.library.path=" + System.getProperty("java.library.path"),
            "-cp",
            System.getProperty("java.class.path"),
            ChattyProcess.class.getName(),
            person.folder().toString(),
            peer.account().toString(),
            String.valueOf(SAID_WHILE_KILLED))
        .redirectErrorStream(true)
        .redirectOutput(person.folder().resolve("process.log").toFile())
        .start();
  }

  private static void assertNothingInClear(Path folder, String... texts) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(file.toString()).doesNotContain(texts);
      }
    }
  }
}
