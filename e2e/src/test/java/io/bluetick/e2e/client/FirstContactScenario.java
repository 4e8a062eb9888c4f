package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import java.util.ArrayList;
import java.util.List;

/** People whose devices do not know each other yet, or not as they are now. */
public final class FirstContactScenario {
  private static final int TURNS = 5;

  private final ClientPeople people;

  public FirstContactScenario(ClientPeople people) {
    this.people = people;
  }

  /** Each begins a session while the other does. */
  public void bothWriteFirst() throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    List<String> byAnn = new ArrayList<>();
    List<String> byBob = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      byAnn.add("ann " + turn);
      byBob.add("bob " + turn);
      var said = ann.with(bob).send("ann " + turn);
      bob.say(ann, "bob " + turn);
      said.join();
    }
    bob.awaitHeard(ann, byAnn);
    ann.awaitHeard(bob, byBob);

    ann.awaitTick(ann.say(bob, "and on"), Tick.DELIVERED);
    bob.awaitTick(bob.say(ann, "and on"), Tick.DELIVERED);
    byAnn.add("and on");
    byBob.add("and on");
    bob.awaitHeard(ann, byAnn);
    ann.awaitHeard(bob, byBob);
  }

  /** A phone that was never online has no one-time keys: all take its key of last resort. */
  public void oneTimeKeysAreOut() throws Exception {
    ClientPerson bob = people.register("bob");
    List<ClientPerson> writers = new ArrayList<>();
    for (String name : List.of("ann", "carl", "dora")) {
      ClientPerson writer = people.register(name).online();
      writer.awaitTick(writer.say(bob, "from " + name), Tick.ACCEPTED);
      writers.add(writer);
    }
    bob.online();
    for (ClientPerson writer : writers) {
      writer.awaitTick(writer.chat(bob).getFirst(), Tick.DELIVERED);
      bob.awaitHeard(writer, writer.texts(bob));
    }
  }

  /** A laptop comes, and goes again, while who writes is away. */
  public void aListIsOld() throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    bob.awaitTick(bob.say(ann, "to the phone"), Tick.DELIVERED);

    bob.offline();
    ClientPerson laptop = people.link("laptop", ann).online();
    laptop.awaitCaughtUp();
    bob.online();
    Message both = bob.say(ann, "to both");
    laptop.awaitHeard(bob, List.of("to both"));
    ann.awaitHeard(bob, List.of("to the phone", "to both"));
    bob.awaitTick(both, Tick.DELIVERED);

    bob.offline();
    ann.remove(laptop);
    bob.online();
    bob.awaitTick(bob.say(ann, "to the phone again"), Tick.DELIVERED);
    ann.awaitHeard(bob, List.of("to the phone", "to both", "to the phone again"));
    assertThat(laptop.heard(bob)).containsExactly("to both");
  }
}
