package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.e2e.BluetickScript.PartRow;
import io.bluetick.e2e.device.TestDevice;
import io.bluetick.e2e.history.Event;
import io.bluetick.e2e.history.History;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.ReceiptKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Devices that write to each other, by real sockets. */
final class MessageScenario implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int A_FEW = 20;

  /** More than may be under way to a device, and more than a page of its inbox. */
  private static final int MANY = 400;

  private final People people;
  private final History history;

  private MessageScenario(People people) {
    this.people = people;
    this.history = people.history();
  }

  static MessageScenario on(Map<String, PartRow> parts, Path home) throws IOException {
    return new MessageScenario(People.on(parts, home));
  }

  @Override
  public void close() {
    people.close();
  }

  void twoAccountsExchangeMessages() throws Exception {
    TestDevice ann = people.register();
    TestDevice bob = people.register();
    people.introduce(ann, bob);
    ann.connect();
    bob.connect();
    for (int i = 0; i < A_FEW; i++) {
      ann.send(account(bob));
      bob.send(account(ann));
    }
    Rest.await(history, List.of(ann, bob), LIMIT);
    assertThat(history.count(Event.Ticked.class)).isEqualTo(2 * A_FEW);
    assertThat(history.count(Event.Shown.class)).isEqualTo(2 * A_FEW);
    assertThat(receipts(ReceiptKind.DELIVERED)).isEqualTo(2 * A_FEW);

    ann.readAll();
    bob.readAll();
    await().atMost(LIMIT).until(() -> history.count(Event.Read.class) == 2 * A_FEW);
    Rest.await(history, List.of(ann, bob), LIMIT);
    assertThat(receipts(ReceiptKind.READ)).isEqualTo(2 * A_FEW);
  }

  void messagesWaitForWhoIsOffline() throws Exception {
    TestDevice ann = people.register();
    TestDevice bob = people.register();
    people.introduce(ann, bob);
    ann.connect();
    sendAndAwaitTicks(ann, bob, MANY);

    bob.connect();
    await().atMost(LIMIT).until(bob::hasDrained);
    assertThat(history.count(Event.Shown.class)).isEqualTo(MANY);
    Rest.await(history, List.of(ann, bob), LIMIT);

    bob.disconnect();
    await().atMost(LIMIT).until(() -> !bob.isOpen());
    sendAndAwaitTicks(ann, bob, A_FEW);
    ann.disconnect();
    await().atMost(LIMIT).until(() -> !ann.isOpen());
    bob.connect();
    await().atMost(LIMIT).until(() -> history.count(Event.Shown.class) == MANY + A_FEW);
    // Receipts wait as messages do.
    ann.connect();
    Rest.await(history, List.of(ann, bob), LIMIT);
    assertThat(receipts(ReceiptKind.DELIVERED)).isEqualTo(MANY + A_FEW);
  }

  void aCompanionGetsItsCopies() throws Exception {
    TestDevice ann = people.register();
    TestDevice bob = people.register();
    people.introduce(ann, bob);
    TestDevice laptop = people.link(ann, 1);
    List<TestDevice> all = List.of(ann, bob, laptop);
    all.forEach(TestDevice::connect);
    // Before its mailbox knows of it, it is nobody who could miss something.
    await().atMost(LIMIT).until(laptop::hasDrained);

    bob.send(account(ann));
    Rest.await(history, all, LIMIT);
    assertThat(history.count(Event.Repaired.class)).isEqualTo(1);
    assertThat(history.count(Event.Shown.class)).isEqualTo(2);

    bob.send(account(ann));
    Rest.await(history, all, LIMIT);
    assertThat(history.count(Event.Repaired.class)).isEqualTo(1);
    assertThat(history.count(Event.Shown.class)).isEqualTo(4);

    people.tell(ann, account(ann));
    people.tell(laptop, account(ann));
    people.tell(laptop, account(bob));
    ann.send(account(bob));
    laptop.send(account(bob));
    Rest.await(history, all, LIMIT);
    assertThat(history.count(Event.Repaired.class)).isEqualTo(1);
    assertThat(history.count(Event.Shown.class)).isEqualTo(8);
  }

  private void sendAndAwaitTicks(TestDevice from, TestDevice to, int messages) {
    long before = history.count(Event.Ticked.class);
    for (int i = 0; i < messages; i++) {
      from.send(account(to));
    }
    await()
        .atMost(LIMIT)
        .until(() -> history.count(Event.Ticked.class) == before + messages && from.isAtRest());
  }

  private long receipts(ReceiptKind kind) {
    return history.entries().stream()
        .filter(
            entry -> entry.event() instanceof Event.Receipted receipted && receipted.kind() == kind)
        .count();
  }

  private static AccountId account(TestDevice device) {
    return device.address().account();
  }
}
