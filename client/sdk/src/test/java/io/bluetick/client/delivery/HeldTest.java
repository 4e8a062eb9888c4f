package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent.IdentityChanged;
import io.bluetick.client.signal.PeerBook;
import io.bluetick.client.signal.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HeldTest {
  private final FakeServer server = new FakeServer();
  private final List<Person> people = new ArrayList<>();

  @TempDir private Path folder;

  private Person ann;
  private Person bob;
  private Person anew;

  /** Ann verified Bob, who has a new phone since. */
  @BeforeEach
  void reinstall() {
    ann = kept(Person.join(server, folder, "ann")).online();
    bob = kept(Person.join(server, folder, "bob")).online();
    ann.awaitTick(ann.say(bob, "to the old phone"), Tick.DELIVERED);
    verify(true);
    anew = kept(bob.link(0, 2)).online();
    anew.say(ann, "from the new phone");
    await().atMost(Person.LIMIT).until(() -> ann.chat(bob).size() == 2);
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

  private void verify(boolean isVerified) {
    var _ =
        ann.engine()
            .with(store -> {
              new Peers(store).verified(bob.account(), isVerified);
              return true;
            })
            .join();
  }

  private boolean isHeld() {
    return ann.engine().with(store -> new PeerBook(store).isHeld(bob.account())).join();
  }

  /** Says something that must wait, while what is for others goes out. */
  private Message held() {
    Message held = ann.say(anew, "to the new phone");
    Person cid = kept(Person.join(server, folder, "cid")).online();
    ann.awaitTick(ann.say(cid, "to somebody else"), Tick.DELIVERED);
    assertThat(ann.tick(held)).isEqualTo(Tick.WAITING);
    return held;
  }

  @Test
  void what_is_said_to_who_was_verified_waits_after_his_key_changed() {
    assertThat(ann.events(IdentityChanged.class))
        .containsExactly(new IdentityChanged(bob.account(), true));
    assertThat(isHeld()).isTrue();
    Message held = held();
    ann.restart();
    ann.online();
    verify(false);
    await().atMost(Person.LIMIT).until(() -> ann.events(ClientEvent.CaughtUp.class).size() == 2);
    assertThat(ann.tick(held)).isEqualTo(Tick.WAITING);
    assertThat(anew.texts(ann)).containsExactly("from the new phone");
  }

  @Test
  void verifying_again_lets_it_go() {
    Message held = held();
    verify(true);
    ann.awaitTick(held, Tick.DELIVERED);
    assertThat(anew.texts(ann)).containsExactly("from the new phone", "to the new phone");
    assertThat(isHeld()).isFalse();
  }

  @Test
  void trusting_the_new_key_lets_it_go() {
    Message held = held();
    assertThat(ann.engine().with(store -> new Peers(store).trust(bob.account())).join()).isTrue();
    ann.awaitTick(held, Tick.DELIVERED);
    assertThat(isHeld()).isFalse();
  }
}
