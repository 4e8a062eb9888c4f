package io.bluetick.client.delivery;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.group.Group;
import io.bluetick.client.group.GroupBook;
import io.bluetick.client.group.GroupBook.Receipt;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** People at a server, and a group of some of them. */
abstract class GroupScene {
  static final String NAME = "Lantern Society";

  final FakeServer server = new FakeServer();
  private final List<Person> people = new ArrayList<>();
  final AccountId id = AccountId.random(new SecureRandom());

  @TempDir Path folder;

  @AfterEach
  void close() {
    people.forEach(Person::close);
    server.close();
  }

  Person join(String name) {
    return kept(Person.join(server, folder, name));
  }

  Person kept(Person person) {
    people.add(person);
    return person;
  }

  Group group(long version, Person... members) {
    return new Group(
        id, NAME, version, Arrays.stream(members).map(Person::account).collect(Collectors.toSet()));
  }

  /** The server and all of these know it. */
  void know(Group group, Person... people) {
    server.groups.put(group);
    for (Person person : people) {
      person.know(group);
    }
  }

  static void awaitGoneThrough(Person writer, Message message) {
    writer.awaitTick(message, Tick.DELIVERED);
  }

  static List<Receipt> receipts(Person person, Message message) {
    return person.read(store -> new GroupBook(store).receipts(message.id()));
  }

  /** Until each has taken in what the other one sent before. */
  static void awaitAnswered(Person one, Person other) {
    awaitGoneThrough(other, other.say(one, "are you there"));
    awaitGoneThrough(one, one.say(other, "yes"));
  }
}
