package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.Trouble;
import io.bluetick.client.delivery.ClientEvent.Unreadable;
import io.bluetick.client.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoreTroubleTest {
  private static final Duration LONGER_THAN_SQLITE_WAITS = Duration.ofSeconds(6);

  private final FakeServer server = new FakeServer();
  private final List<Person> people = new ArrayList<>();

  @TempDir private Path folder;

  private Person ann;
  private Person bob;

  @BeforeEach
  void join() {
    ann = kept(Person.join(server, folder, "ann")).online();
    bob = kept(Person.join(server, folder, "bob")).online();
    ann.awaitTick(ann.say(bob, "first"), Tick.DELIVERED);
  }

  private Person kept(Person person) {
    people.add(person);
    return person;
  }

  @AfterEach
  void close() {
    people.forEach(Person::close);
    server.close();
  }

  /** From now on the schema forbids a row. */
  private void forbid(Person person, String table, String when) {
    person
        .engine()
        .with(store ->
            store.run(
                "CREATE TRIGGER forbidden BEFORE INSERT ON "
                    + table
                    + " WHEN "
                    + when
                    + " BEGIN SELECT RAISE(ABORT, 'on purpose'); END"))
        .join();
  }

  @Test
  void what_can_never_be_stored_is_given_up_and_those_behind_it_come() {
    forbid(bob, "message", "NEW.text = 'never'");
    ann.say(bob, "second");
    ann.say(bob, "never");
    ann.awaitTick(ann.say(bob, "third"), Tick.DELIVERED);
    assertThat(bob.texts(ann)).containsExactly("first", "second", "third");
    assertThat(bob.events(Unreadable.class)).containsExactly(new Unreadable(ann.account(), false));
    await().atMost(Person.LIMIT).until(() -> server.waiting(bob.address()) == 0);
  }

  @Test
  void what_waited_for_a_list_and_can_never_be_stored_is_given_up_too() {
    forbid(ann, "message", "NEW.text = 'never'");
    Person anew = kept(bob.link(0, 2)).online();
    anew.say(ann, "never");
    anew.awaitTick(anew.say(ann, "second"), Tick.DELIVERED);
    ann.awaitTexts(bob, List.of("first", "second"));
    assertThat(ann.events(Unreadable.class)).containsExactly(new Unreadable(bob.account(), false));
  }

  @Test
  void what_is_said_and_can_never_be_stored_encrypted_is_given_up() {
    forbid(ann, "sent", "instr(NEW.content, CAST('never' AS BLOB)) > 0");
    var never = ann.say(bob, "never");
    ann.awaitTick(ann.say(bob, "second"), Tick.DELIVERED);
    assertThat(ann.tick(never)).isEqualTo(Tick.FAILED);
    assertThat(bob.texts(ann)).containsExactly("first", "second");
  }

  @Test
  void a_full_disk_is_waited_for() {
    // Not less than it has.
    pages(bob, 1);
    List<String> texts = new ArrayList<>(List.of("first"));
    IntStream.range(0, 40).forEach(i -> texts.add(i + "x".repeat(2_000)));
    texts.stream().skip(1).forEach(text -> ann.say(bob, text));
    await()
        .atMost(Person.LIMIT)
        .until(() -> bob.events(Trouble.class).contains(new Trouble("the store: FULL")));
    pages(bob, 1_000_000);
    bob.awaitTexts(ann, texts);
    assertThat(bob.events(Unreadable.class)).isEmpty();
  }

  /** Counts at once, even if the turn around it comes to nothing. */
  private static void pages(Person person, int limit) {
    await()
        .atMost(Person.LIMIT)
        .ignoreExceptions()
        .until(() ->
            person
                .engine()
                .with(store ->
                    store
                        .first("PRAGMA max_page_count = " + limit, row -> row.number(1))
                        .isPresent())
                .join());
  }

  @Test
  void a_store_that_somebody_else_has_locked_is_waited_for() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    Thread other = Thread.ofPlatform().start(() -> lock(locked, enough));
    locked.await();
    ann.say(bob, "second");
    await()
        .during(LONGER_THAN_SQLITE_WAITS)
        .atMost(Person.LIMIT)
        .until(() -> server.waiting(bob.address()) > 0);
    enough.countDown();
    other.join();
    bob.awaitTexts(ann, List.of("first", "second"));
    assertThat(bob.events(Trouble.class)).contains(new Trouble("the store: IN_USE"));
    assertThat(bob.events(Unreadable.class)).isEmpty();
  }

  private void lock(CountDownLatch locked, CountDownLatch enough) {
    try (Database store = bob.another()) {
      store.transaction(() -> {
        locked.countDown();
        try {
          enough.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    }
  }
}
