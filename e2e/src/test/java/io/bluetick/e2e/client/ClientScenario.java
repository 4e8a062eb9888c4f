package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.Profile;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.IdentityChanged;
import io.bluetick.client.media.MediaException;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** People who use the SDK, over the real stack. */
public final class ClientScenario {
  private final ClientPeople people;

  public ClientScenario(ClientPeople people) {
    this.people = people;
  }

  /** Ticks, edits and deletions, offline and back, and nothing of it in clear on the disk. */
  public void twoPeopleTalk() throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob");
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
    String number = people.nextNumber();
    ClientPerson ann = people.register("ann").online();
    ClientPerson before = people.register("before", number).online();
    ann.awaitTick(ann.say(before, "to the old phone"), Tick.DELIVERED);
    before.awaitTexts(ann, "to the old phone");

    ClientPerson after = people.register("after", number).online();
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
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    bob.awaitTick(bob.say(ann, "before"), Tick.DELIVERED);

    ClientPerson laptop = people.link("laptop", ann);
    laptop.online();
    laptop.awaitCaughtUp();
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

  /** A file lies encrypted on the server until it is fetched. */
  public void aFileIsSent(Path folder) throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Path photo = Files.write(folder.resolve("photo.jpg"), bytes);

    Message sent =
        ann.with(bob).file(NewFile.of(photo).withCaption("the sea")).join().orElseThrow();
    ann.awaitTick(sent, Tick.DELIVERED);
    bob.awaitTexts(ann, "[image] photo.jpg the sea");
    Path here = bob.fetch(bob.chat(ann).getLast());
    assertThat(Files.mismatch(here, photo)).isEqualTo(-1);

    ann.awaitTick(
        ann.with(bob).file(NewFile.of(photo).viewedOnce()).join().orElseThrow(), Tick.DELIVERED);
    await().atMost(ClientPerson.LIMIT).until(() -> bob.chat(ann).size() == 2);
    assertThat(bob.fetch(bob.chat(ann).getLast())).hasSize(bytes.length);
    assertThatThrownBy(() -> bob.fetch(bob.chat(ann).getLast()))
        .hasCauseInstanceOf(MediaException.class);
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
