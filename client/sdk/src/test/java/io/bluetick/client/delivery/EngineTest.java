package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.Forgery;
import io.bluetick.client.delivery.ClientEvent.IdentityChanged;
import io.bluetick.client.delivery.ClientEvent.Trouble;
import io.bluetick.client.delivery.ClientEvent.Unreadable;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.protocol.DeviceAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EngineTest {
  /** By each of the two: together they fit on one page of a history. */
  private static final int SAID_IN_CHAOS = 200;

  private static final long SEED = Long.getLong("bluetick.seed", System.nanoTime());
  private static final String AGAIN = "again with -Dbluetick.seed=" + SEED;

  private final FakeServer server = new FakeServer();
  private final List<Person> people = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    people.forEach(Person::close);
    server.close();
  }

  private Person join(String name) {
    return kept(Person.join(server, folder, name));
  }

  private Person kept(Person person) {
    people.add(person);
    return person;
  }

  @Test
  void two_people_write_to_each_other_with_all_ticks() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Message hello = ann.say(bob, "hello");
    ann.awaitTick(hello, Tick.DELIVERED);
    assertThat(bob.texts(ann)).containsExactly("hello");

    Message answer = bob.say(ann, "hi");
    bob.awaitTick(answer, Tick.DELIVERED);
    assertThat(ann.texts(bob)).containsExactly("hello", "hi");

    assertThat(bob.engine().read(ann.account()).join()).isEqualTo(1);
    ann.awaitTick(hello, Tick.READ);
    assertThat(bob.engine().read(ann.account()).join()).isZero();
    await().atMost(Person.LIMIT).until(() -> server.waiting(ann.address()) == 0);
  }

  @Test
  void what_was_delivered_is_not_encrypted_for_a_key_that_came_later() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Message hello = ann.say(bob, "hello");
    ann.awaitTick(hello, Tick.DELIVERED);
    int left =
        ann.engine()
            .with(store -> {
              Outbox outbox = new Outbox(store);
              outbox.addAgain(outbox.sent(1).orElseThrow(), bob.account(), Set.of(0), null);
              outbox.forgetDelivered(bob.account());
              return outbox.unsealed(bob.account(), 10).size();
            })
            .join();
    assertThat(left).isZero();
  }

  @Test
  void what_is_said_offline_is_sent_later_in_its_order() {
    Person ann = join("ann").online();
    Person bob = join("bob");
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "message " + i).toList();
    Message last = texts.stream().map(text -> ann.say(bob, text)).toList().getLast();
    ann.awaitTick(last, Tick.ACCEPTED);

    bob.online();
    bob.awaitTexts(ann, texts);
    ann.awaitTick(last, Tick.DELIVERED);
  }

  @Test
  void who_writes_first_at_the_same_time_is_understood_both_ways() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ann.say(bob, "a" + i);
      bob.say(ann, "b" + i);
      texts.add("a" + i);
      texts.add("b" + i);
    }
    await().atMost(Person.LIMIT).until(() -> ann.chat(bob).size() == 40);
    await().atMost(Person.LIMIT).until(() -> bob.chat(ann).size() == 40);
    assertThat(ann.texts(bob)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(bob.texts(ann)).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void a_device_that_joins_in_the_middle_gets_what_follows_and_what_it_missed() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    ann.awaitTick(ann.say(bob, "before"), Tick.DELIVERED);

    Person laptop = kept(bob.link(1, 2)).online();
    Message after = ann.say(bob, "after");
    ann.awaitTick(after, Tick.DELIVERED);
    laptop.awaitTexts(ann, List.of("after"));

    bob.say(ann, "from the phone");
    laptop.awaitTexts(ann, List.of("after", "from the phone"));
    laptop.say(ann, "from the laptop");
    bob.awaitTexts(ann, List.of("before", "after", "from the phone", "from the laptop"));
    ann.awaitTexts(bob, List.of("before", "after", "from the phone", "from the laptop"));
  }

  @Test
  void a_reinstalled_phone_is_told_of_and_written_to() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    ann.awaitTick(ann.say(bob, "to the old phone"), Tick.DELIVERED);
    bob.awaitTick(bob.say(ann, "from the old phone"), Tick.DELIVERED);

    Person anew = kept(bob.link(0, 2)).online();
    anew.say(ann, "from the new phone");
    await().atMost(Person.LIMIT).until(() -> ann.chat(bob).size() == 3);
    assertThat(ann.events(IdentityChanged.class))
        .containsExactly(new IdentityChanged(bob.account(), false));
    ann.awaitTick(ann.say(anew, "to the new phone"), Tick.DELIVERED);
    assertThat(anew.texts(ann)).containsExactly("from the new phone", "to the new phone");
  }

  @Test
  void an_altered_message_is_asked_for_again_and_shown_once() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    talk(ann, bob);
    AtomicInteger altered = new AtomicInteger(2);
    server.tamper(ciphertext ->
        isEncrypted(ciphertext) && altered.getAndDecrement() > 0
            ? flipped(ciphertext)
            : ciphertext);
    ann.say(bob, "second");
    bob.awaitTexts(ann, List.of("first", "answer", "second"));
    assertThat(bob.events(Unreadable.class)).isNotEmpty();
    ann.awaitTick(ann.say(bob, "third"), Tick.DELIVERED);
    assertThat(bob.texts(ann)).containsExactly("first", "answer", "second", "third");
  }

  @Test
  void what_can_never_be_read_is_given_up_after_a_few_questions() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    talk(ann, bob);
    server.tamper(ciphertext -> isEncrypted(ciphertext) ? flipped(ciphertext) : ciphertext);
    ann.say(bob, "never readable");
    await()
        .atMost(Person.LIMIT)
        .until(
            () -> bob.events(Unreadable.class).stream().anyMatch(event -> !event.isAskedAgain()));
    server.tamper(ciphertext -> ciphertext);
    ann.awaitTick(ann.say(bob, "marker"), Tick.DELIVERED);
    assertThat(bob.texts(ann)).containsExactly("first", "answer", "marker");
    assertThat(bob.events(Unreadable.class)).hasSize(Receiving.ASK_LIMIT + 1);
    assertThat(server.questions()).isEqualTo(Receiving.ASK_LIMIT);
  }

  /** Until both know that their session stands: from then on messages carry no keys. */
  private static void talk(Person ann, Person bob) {
    ann.awaitTick(ann.say(bob, "first"), Tick.DELIVERED);
    bob.awaitTick(bob.say(ann, "answer"), Tick.DELIVERED);
  }

  /** Questions for repetitions are not; the network cannot alter them either. */
  private static boolean isEncrypted(ByteString ciphertext) {
    return ciphertext.size() != 160;
  }

  private static ByteString flipped(ByteString ciphertext) {
    byte[] bytes = ciphertext.toByteArray();
    bytes[bytes.length - 12] ^= 1;
    return ByteString.copyFrom(bytes);
  }

  @Test
  void without_one_time_keys_sessions_begin_all_the_same() {
    Person bob = join("bob").online();
    await().atMost(Person.LIMIT).until(() -> bob.events(ClientEvent.CaughtUp.class).size() == 1);
    server.withoutOneTimeKeys(bob.address());
    for (String name : List.of("ann", "cid", "dan")) {
      Person writer = join(name).online();
      writer.awaitTick(writer.say(bob, "from " + name), Tick.DELIVERED);
      assertThat(bob.texts(writer)).containsExactly("from " + name);
    }
  }

  @Test
  void a_device_that_the_server_slips_in_gets_nothing() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    ann.awaitTick(ann.say(bob, "before"), Tick.DELIVERED);
    server.slipIn(bob.account(), OwnKeys.generate());
    ann.say(bob, "after");
    await().atMost(Person.LIMIT).until(() -> !ann.events(Forgery.class).isEmpty());
    bob.awaitTexts(ann, List.of("before", "after"));
  }

  @Test
  void the_server_cannot_have_a_message_encrypted_for_somebody_else() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person eve = join("eve");
    ann.awaitTick(ann.say(bob, "for bob alone"), Tick.DELIVERED);
    server.claimMissing(ann.address(), 1, eve.address());
    ann.awaitTick(ann.say(bob, "after that"), Tick.DELIVERED);
    assertThat(server.waiting(eve.address())).isZero();
  }

  @Test
  void a_device_that_libsignal_has_no_number_for_is_not_written_to() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    ann.awaitTick(ann.say(bob, "before"), Tick.DELIVERED);
    server.claimMissing(ann.address(), 1, new DeviceAddress(bob.account(), 127));
    server.claimStale(ann.address(), 1, new DeviceAddress(bob.account(), 127));
    ann.awaitTick(ann.say(bob, "after"), Tick.DELIVERED);
    await().atMost(Person.LIMIT).until(() -> server.waiting(ann.address()) == 0);
    assertThat(ann.events(Trouble.class)).isEmpty();
  }

  @Test
  void garbage_of_any_kind_does_not_stop_a_device() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    talk(ann, bob);
    Random random = new Random(SEED);
    server.tamper(ciphertext -> isEncrypted(ciphertext) ? garbage(ciphertext, random) : ciphertext);
    for (int i = 0; i < 100; i++) {
      ann.say(bob, "garbage " + i);
    }
    await(AGAIN).atMost(Person.LIMIT).until(() -> bob.events(Unreadable.class).size() >= 100);
    server.tamper(ciphertext -> ciphertext);
    bob.awaitTick(bob.say(ann, "can you hear me"), Tick.DELIVERED);
    ann.awaitTick(ann.say(bob, "yes"), Tick.DELIVERED);
    await().atMost(Person.LIMIT).until(() -> bob.texts(ann).contains("yes"));
  }

  private static ByteString garbage(ByteString ciphertext, Random random) {
    byte[] bytes = ciphertext.toByteArray();
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return ByteString.copyFrom(bytes);
  }

  @Test
  void nothing_is_lost_and_nothing_shown_twice_through_cuts_and_restarts() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Random random = new Random(SEED);
    List<String> toBob = new ArrayList<>();
    List<String> toAnn = new ArrayList<>();
    for (int i = 0; i < SAID_IN_CHAOS; i++) {
      ann.say(bob, "a" + i);
      toBob.add("a" + i);
      bob.say(ann, "b" + i);
      toAnn.add("b" + i);
      switch (random.nextInt(24)) {
        case 0 -> server.cut(ann.address());
        case 1 -> server.cut(bob.address());
        case 2 -> {
          ann.restart();
          ann.online();
        }
        case 3 -> {
          bob.restart();
          bob.online();
        }
        default -> {
          // Goes on.
        }
      }
    }
    await(AGAIN)
        .atMost(Person.LIMIT)
        .untilAsserted(() -> assertThat(heard(bob, ann)).as(AGAIN).isEqualTo(toBob));
    await(AGAIN)
        .atMost(Person.LIMIT)
        .untilAsserted(() -> assertThat(heard(ann, bob)).as(AGAIN).isEqualTo(toAnn));
    assertThat(bob.chat(ann)).as(AGAIN).hasSize(2 * SAID_IN_CHAOS);
    assertThat(ann.chat(bob)).as(AGAIN).hasSize(2 * SAID_IN_CHAOS);
  }

  /** What the other one said, in the order in which it is shown. */
  private static List<String> heard(Person reader, Person writer) {
    return reader.chat(writer).stream()
        .filter(message -> message.author().equals(writer.account()))
        .map(Message::text)
        .toList();
  }
}
