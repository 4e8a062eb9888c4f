package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Delete;
import io.bluetick.client.content.Edit;
import io.bluetick.client.content.Reaction;
import io.bluetick.client.content.Reference;
import io.bluetick.client.delivery.ClientEvent.GroupChanged;
import io.bluetick.client.delivery.ClientEvent.Unreadable;
import io.bluetick.client.group.Group;
import io.bluetick.client.group.GroupBook;
import io.bluetick.client.group.GroupBook.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GroupTest extends GroupScene {
  private static final String[] NOTHING = {};

  // ---- Talking ---------------------------------------------------------------------------------

  @Test
  void three_people_and_a_companion_talk() {
    Person ann = join("ann").online();
    Person laptop = kept(ann.link(1, 2)).online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob, cid), ann, laptop, bob, cid);
    awaitGoneThrough(ann, ann.say(id, "from ann"));
    awaitGoneThrough(bob, bob.say(id, "from bob"));
    awaitGoneThrough(cid, cid.say(id, "from cid"));
    awaitGoneThrough(laptop, laptop.say(id, "from the laptop"));
    for (Person person : List.of(ann, laptop, bob, cid)) {
      person.awaitTexts(id, "from ann", "from bob", "from cid", "from the laptop");
      assertThat(person.events(Unreadable.class)).isEmpty();
    }
    assertThat(bob.chat(id)).extracting(Message::isOwn).containsExactly(false, true, false, false);
    assertThat(laptop.chat(id))
        .extracting(Message::isOwn)
        .containsExactly(true, false, false, true);
    List<Group> known = ann.read(store -> new GroupBook(store).all());
    assertThat(known).containsExactly(group(1, ann, bob, cid));
  }

  @Test
  void ticks_follow_the_slowest_member() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid");
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "to bob alone"));
    Group three = group(2, ann, bob, cid);
    know(three, ann, bob);
    Message hello = ann.say(id, "hello");
    bob.awaitTexts(id, "to bob alone", "hello");
    assertThat(bob.engine().read(id).join()).isEqualTo(2);
    await()
        .atMost(Person.LIMIT)
        .until(() -> receipts(ann, hello).equals(List.of(new Receipt(bob.account(), Tick.READ))));
    assertThat(ann.tick(hello)).isEqualTo(Tick.ACCEPTED);

    cid.online().know(three);
    ann.awaitTick(hello, Tick.DELIVERED);
    assertThat(ann.tick(hello)).isEqualTo(Tick.DELIVERED);
    cid.awaitTexts(id, "hello");
    cid.engine().read(id).join();
    ann.awaitTick(hello, Tick.READ);
    assertThat(receipts(ann, hello))
        .containsExactlyInAnyOrder(
            new Receipt(bob.account(), Tick.READ), new Receipt(cid.account(), Tick.READ));
  }

  @Test
  void nobody_waits_for_who_left() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid");
    know(group(1, ann, bob, cid), ann, bob);
    Message hello = ann.say(id, "hello");
    await().atMost(Person.LIMIT).until(() -> receipts(ann, hello).size() == 1);
    assertThat(ann.tick(hello)).isEqualTo(Tick.ACCEPTED);
    know(group(2, ann, bob), ann);
    assertThat(ann.tick(hello)).isEqualTo(Tick.DELIVERED);
  }

  @Test
  void only_its_author_edits_and_deletes_a_message_and_anybody_reacts() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    Message first = ann.say(id, "frist");
    Message second = ann.say(id, "second");
    awaitGoneThrough(ann, second);
    ann.say(id, edit(first, "first"));
    ann.say(id, Person.content().setDelete(Delete.newBuilder().setId(second.contentId())).build());
    bob.awaitTexts(id, "first", "");
    bob.engine().say(id, edit(first, "bob was here")).join();
    bob.say(
        id,
        Person.content()
            .setReaction(Reaction.newBuilder().setTo(reference(first)).setEmoji("👍"))
            .build());
    awaitGoneThrough(bob, bob.say(id, "third"));
    ann.awaitTexts(id, "first", "", "third");
    List<History.Reaction> reactions = ann.read(store -> new History(store).reactions(first));
    assertThat(reactions).extracting(History.Reaction::emoji).containsExactly("👍");
  }

  private static Content edit(Message message, String text) {
    return Person.content()
        .setEdit(Edit.newBuilder().setId(message.contentId()).setText(text))
        .build();
  }

  private static Reference reference(Message message) {
    return Reference.newBuilder()
        .setAuthor(message.author().bytes())
        .setId(message.contentId())
        .build();
  }

  @Test
  void nothing_of_a_group_lies_in_clear() throws IOException {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    awaitGoneThrough(ann, ann.say(id, "nobody may find this"));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(NAME).doesNotContain("nobody may find this");
      }
    }
  }

  // ---- Members come and go ---------------------------------------------------------------------

  @Test
  void who_was_removed_cannot_read_what_follows_even_if_the_server_lets_him() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob, cid), ann, bob, cid);
    awaitGoneThrough(ann, ann.say(id, "to all"));
    ann.know(group(2, ann, bob));
    ann.say(id, "not to cid");
    bob.awaitTexts(id, "to all", "not to cid");
    await().atMost(Person.LIMIT).until(() -> !cid.events(Unreadable.class).isEmpty());
    awaitAnswered(ann, cid);
    cid.awaitTexts(id, "to all");
  }

  @Test
  void who_was_added_cannot_read_what_was_before_even_if_the_server_lets_him() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person dan = join("dan");
    Group all = group(2, ann, bob, dan);
    ann.know(group(1, ann, bob));
    bob.know(group(1, ann, bob));
    server.groups.put(all);
    ann.say(id, "before");
    bob.awaitTexts(id, "before");
    ann.know(all);
    bob.know(all);
    ann.say(id, "after");
    bob.awaitTexts(id, "before", "after");
    dan.online().know(all);
    dan.awaitTexts(id, "after");
    await().atMost(Person.LIMIT).until(() -> !dan.events(Unreadable.class).isEmpty());
    awaitAnswered(ann, dan);
    dan.awaitTexts(id, "after");
  }

  @Test
  void a_key_is_kept_until_somebody_leaves_or_it_is_worn_out() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Person cid = join("cid").online();
    know(group(1, ann, bob), ann, bob, cid);
    awaitGoneThrough(ann, ann.say(id, "one"));
    String first = key(ann);
    know(group(2, ann, bob, cid), ann, bob, cid);
    awaitGoneThrough(ann, ann.say(id, "two"));
    assertThat(key(ann)).isEqualTo(first);
    know(group(3, ann, bob), ann, bob, cid);
    awaitGoneThrough(ann, ann.say(id, "three"));
    String second = key(ann);
    assertThat(second).isNotEqualTo(first);
    wear(ann, "uses = " + GroupKeys.USES_LIMIT);
    awaitGoneThrough(ann, ann.say(id, "four"));
    String third = key(ann);
    assertThat(third).isNotEqualTo(second);
    wear(ann, "made_ms = made_ms - " + GroupKeys.AGE_LIMIT.toMillis());
    awaitGoneThrough(ann, ann.say(id, "five"));
    assertThat(key(ann)).isNotEqualTo(third);
    bob.awaitTexts(id, "one", "two", "three", "four", "five");
    assertThat(bob.events(Unreadable.class)).isEmpty();
  }

  private static void wear(Person person, String how) {
    int worn = person.read(store -> store.run("UPDATE group_key SET " + how));
    assertThat(worn).isEqualTo(1);
  }

  private static String key(Person person) {
    return person
        .read(store -> store.first("SELECT distribution FROM group_key", row -> row.text(1)))
        .orElseThrow();
  }

  @Test
  void a_reinstalled_phone_reads_on_and_gets_a_new_key() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    Group both = group(1, ann, bob);
    know(both, ann, bob);
    awaitGoneThrough(ann, ann.say(id, "to the old phone"));
    String first = key(ann);
    Person anew = kept(bob.link(0, 2)).online();
    anew.know(both);
    ann.say(id, "to the new phone");
    anew.awaitTexts(id, "to the new phone");
    ann.say(id, "again");
    anew.awaitTexts(id, "to the new phone", "again");
    assertThat(key(ann)).isNotEqualTo(first);
  }

  @Test
  void a_message_of_somebody_unknown_waits_for_a_newer_membership() {
    Person ann = join("ann").online();
    Person dan = join("dan").online();
    Person eve = join("eve").online();
    ann.know(group(1, ann));
    Group server2 = group(2, ann, dan, eve);
    know(server2, dan, eve);
    dan.say(id, "i am new");
    eve.say(id, "i am nobody");
    await().atMost(Person.LIMIT).until(() -> ann.events(GroupChanged.class).size() == 2);
    assertThat(ann.events(GroupChanged.class)).containsOnly(new GroupChanged(id, 0));
    ann.awaitTexts(id, NOTHING);
    ann.know(group(3, ann, dan));
    ann.awaitTexts(id, "i am new");
    assertThat(ann.events(Unreadable.class)).containsExactly(new Unreadable(eve.account(), false));
  }

  @Test
  void what_a_leaver_sent_before_he_left_is_shown() {
    Person ann = join("ann").online();
    Person bob = join("bob").online();
    know(group(1, ann, bob), ann, bob);
    ann.restart();
    bob.awaitTick(bob.say(id, "goodbye"), Tick.ACCEPTED);
    ann.online().know(group(2, ann));
    ann.awaitTexts(id, "goodbye");
  }
}
