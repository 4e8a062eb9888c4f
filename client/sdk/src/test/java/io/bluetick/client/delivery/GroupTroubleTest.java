package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Repeat;
import io.bluetick.client.content.Text;
import io.bluetick.client.delivery.ClientEvent.GroupChanged;
import io.bluetick.client.delivery.ClientEvent.Rejected;
import io.bluetick.client.delivery.ClientEvent.Unreadable;
import io.bluetick.client.group.Group;
import io.bluetick.client.group.GroupBook;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GroupTroubleTest extends GroupScene {

  @Test
  void a_lost_key_is_asked_for() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "one"));
    int lost = bob.read(store -> store.run("DELETE FROM sender_key"));
    assertThat(lost).isEqualTo(1);
    ann.say(id, "two");
    ann.say(id, "three");
    bob.awaitTexts(id, "one", "two", "three");
    int asked = bob.events(Unreadable.class).size();
    assertThat(asked).isBetween(1, 2);
    ann.say(id, "four");
    bob.awaitTexts(id, "one", "two", "three", "four");
    assertThat(bob.events(Unreadable.class)).hasSize(asked);
    assertThat(bob.count("held")).isZero();
  }

  @Test
  void an_altered_message_is_encrypted_anew_and_stands_in_its_place() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "one"));
    server.groups.alterNext();
    ann.say(id, "two");
    ann.say(id, "three");
    bob.awaitTexts(id, "one", "two", "three");
    assertThat(bob.events(Unreadable.class)).containsExactly(new Unreadable(ann.account(), true));
  }

  @Test
  void a_message_is_given_out_anew_a_few_times_and_no_more() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "one"));
    long counter = counter(ann);
    for (int i = 0; i < Sending.REPEATS + 3; i++) {
      bob.engine().with(store -> ask(store, ann, counter)).join();
    }
    awaitAnswered(ann, bob);
    assertThat(ann.count("sent WHERE answers > 0")).isEqualTo(Sending.REPEATS);
    bob.awaitTexts(id, "one");
  }

  private static int ask(Database store, Person of, long counter) {
    return store.run(
        "INSERT INTO outbox (account, content, devices) VALUES (?, ?, '0')",
        of.account().bytes(),
        Person.content()
            .setRepeat(Repeat.newBuilder().setCounter(counter).setAttempt(1))
            .build()
            .toByteString());
  }

  @Test
  void what_did_not_come_by_the_group_is_not_shown_in_it() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "one"));
    ann.engine()
        .with(store ->
            store.run(
                "INSERT INTO outbox (account, content) VALUES (?, ?)",
                bob.account().bytes(),
                Person.content()
                    .setAuthor(ann.account().bytes())
                    .setGroup(id.bytes())
                    .setAnswers(1)
                    .setText(Text.newBuilder().setText("around the rules"))
                    .build()
                    .toByteString()))
        .join();
    awaitAnswered(ann, bob);
    bob.awaitTexts(id, "one");
    assertThat(bob.texts(ann)).doesNotContain("around the rules");
  }

  @Test
  void a_crash_after_the_keys_were_queued_loses_and_doubles_nothing() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob, cid), ann, bob, cid);
    server.withholdKeys(cid.account(), true);
    Message hello = ann.say(id, "hello");
    await().atMost(Person.LIMIT).until(() -> bob.count("sender_key") > 0);
    assertThat(ann.tick(hello)).isEqualTo(Tick.WAITING);
    ann.restart();
    ann.online();
    server.withholdKeys(cid.account(), false);
    ann.awaitTick(hello, Tick.DELIVERED);
    bob.awaitTexts(id, "hello");
    cid.awaitTexts(id, "hello");
    assertThat(bob.count("sender_key")).isEqualTo(1);
    assertThat(cid.events(Unreadable.class)).isEmpty();
  }

  @Test
  void one_member_without_keys_does_not_hold_up_the_others_for_long() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob, cid), ann, bob, cid);
    server.withholdKeys(cid.account(), true);
    ann.say(id, "hello");
    bob.awaitTexts(id, "hello");
    server.withholdKeys(cid.account(), false);
    cid.awaitTexts(id, "hello");
  }

  @Test
  void what_was_not_let_in_fails_with_its_code() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Group both = group(1, ann, bob);
    ann.know(both);
    Message early = ann.say(id, "there is no such group");
    await().atMost(Person.LIMIT).until(() -> ann.tick(early) == Tick.FAILED);
    server.groups.put(group(2, bob));
    Message late = ann.say(id, "no longer a member");
    await().atMost(Person.LIMIT).until(() -> ann.tick(late) == Tick.FAILED);
    assertThat(ann.events(Rejected.class))
        .extracting(event -> event.message().id() + " " + event.code())
        .containsExactly(early.id() + " not-found", late.id() + " forbidden");
    assertThat(bob.texts(id)).isEmpty();
  }

  @Test
  void who_writes_to_an_old_membership_is_told_and_heard() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    server.groups.put(group(2, ann, bob));
    awaitGoneThrough(ann, ann.say(id, "hello"));
    await().atMost(Person.LIMIT).until(() -> !ann.events(GroupChanged.class).isEmpty());
    assertThat(ann.events(GroupChanged.class)).containsExactly(new GroupChanged(id, 2));
    assertThat(ann.know(group(2, ann, bob))).isTrue();
    assertThat(ann.know(group(1, ann))).isFalse();
    Optional<Group> known = ann.read(store -> new GroupBook(store).find(id));
    assertThat(known).contains(group(2, ann, bob));
  }

  @Test
  void an_account_is_no_group() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    awaitGoneThrough(ann, ann.say(bob, "hello"));
    Group false1 = new Group(bob.account(), NAME, 1, Set.of(ann.account()));
    assertThat(ann.engine().know(false1))
        .failsWithin(Person.LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_is_lost_and_nothing_shown_twice_through_cuts_and_restarts() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob, cid), ann, bob, cid);
    long seed = Long.getLong("bluetick.seed", System.nanoTime());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Person> three = List.of(ann, bob, cid);
    for (int i = 0; i < 40; i++) {
      for (Person person : three) {
        person.say(id, person.address().account() + " " + i);
        switch (random.nextInt(8)) {
          case 0 -> server.cut(person.address());
          case 1 -> {
            person.restart();
            person.online();
          }
          default -> {
            // Goes on.
          }
        }
      }
    }
    for (Person reader : three) {
      await().atMost(Person.LIMIT).until(() -> reader.chat(id).size() >= 120);
      for (Person writer : three) {
        assertThat(reader.chat(id))
            .as("seed %d", seed)
            .filteredOn(message -> message.author().equals(writer.account()))
            .extracting(Message::text)
            .containsExactlyElementsOf(
                IntStream.range(0, 40).mapToObj(i -> writer.account() + " " + i).toList());
      }
    }
  }

  @Test
  void a_key_that_is_swapped_does_not_open_the_past() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "two hours ago"));
    long counter = counter(ann);
    int aged = ann.read(store -> store.run("UPDATE sent SET at_ms = at_ms - 7200000"));
    assertThat(aged).isPositive();
    Person swapped = kept(bob.link(0, 2)).online();
    swapped.know(group(1, ann, bob));
    int held =
        swapped.read(store ->
            store.run(
                "INSERT INTO held (group_id, account, device, registration, counter, at_ms,"
                    + " ciphertext, version, asked) VALUES (?, ?, 0, 1, ?, 1, X'', 1, 1)",
                id.bytes(),
                ann.account().bytes(),
                counter));
    assertThat(held).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      swapped.engine().with(store -> ask(store, ann, counter)).join();
      awaitAnswered(ann, swapped);
    }
    assertThat(swapped.texts(id)).isEmpty();
  }

  private static long counter(Person writer) {
    return writer.<Long>read(store ->
        store
            .first("SELECT counter FROM sent WHERE membership = 1", row -> row.number(1))
            .orElseThrow());
  }

  @Test
  void the_server_cannot_move_a_message_into_another_group() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    AccountId other = AccountId.random(new SecureRandom());
    know(new Group(other, "others", 1, Set.of(ann.account(), bob.account())), ann, bob);
    server.groups.nameNext(other);
    awaitGoneThrough(ann, ann.say(id, "only here"));
    awaitAnswered(ann, bob);
    assertThat(bob.texts(other)).isEmpty();
    assertThat(bob.texts(id)).isEmpty();
  }
}
