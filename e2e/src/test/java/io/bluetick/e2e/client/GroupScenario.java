package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.group.Group;
import io.bluetick.protocol.AccountId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/** People in a group: encrypted once for all of them, by sender keys. */
public final class GroupScenario {
  private final ClientPeople people;
  private final GroupServer server;

  public GroupScenario(ClientPeople people, GroupServer server) {
    this.people = people;
    this.server = server;
  }

  /** Three talk, one of them is away for a while, and somebody else is kept out. */
  public void aGroupTalks() throws Exception {
    ClientPerson ann = people.register("ann").online();
    ClientPerson bob = people.register("bob").online();
    ClientPerson carl = people.register("carl").online();
    ClientPerson dora = people.register("dora").online();
    Group group =
        new Group(
            AccountId.random(new SecureRandom()),
            "climbers",
            1,
            Set.of(ann.account(), bob.account(), carl.account()));
    server.put(group);
    List.of(ann, bob, carl, dora).forEach(person -> person.know(group));

    Message first = ann.say(group, "who comes along?");
    ann.awaitTick(first, Tick.DELIVERED);
    bob.awaitTexts(group.id(), "who comes along?");
    carl.awaitTexts(group.id(), "who comes along?");
    bob.say(group, "I do");
    ann.awaitTexts(group.id(), "who comes along?", "I do");
    carl.awaitTexts(group.id(), "who comes along?", "I do");

    carl.offline();
    Message later = ann.say(group, "and you?");
    bob.awaitTexts(group.id(), "who comes along?", "I do", "and you?");
    ann.awaitTick(later, Tick.ACCEPTED);
    carl.online();
    carl.awaitTexts(group.id(), "who comes along?", "I do", "and you?");
    ann.awaitTick(later, Tick.DELIVERED);

    Message stranger = dora.say(group, "me too");
    await().atMost(ClientPerson.LIMIT).until(() -> dora.tick(stranger) == Tick.FAILED);
    assertThat(ann.texts(group.id())).containsExactly("who comes along?", "I do", "and you?");
  }
}
