package io.bluetick.e2e.device;

import com.google.protobuf.ByteString;
import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.member.Member;
import io.bluetick.e2e.device.DeviceLists.Known;
import io.bluetick.e2e.device.Outgoing.Receipts;
import io.bluetick.e2e.device.Outgoing.ToAccount;
import io.bluetick.e2e.history.Event;
import io.bluetick.e2e.history.MessageId;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Refused;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A device that keeps to the contract. It keeps what it sends until it is accepted, and sends it
 * again; stores before it acknowledges; connects again by itself; repairs what went to an old list.
 *
 * <p>Belongs to the event loop of its network. What is public is for any thread, and happens there.
 */
public final class TestDevice {
  /** What comes within this time is acknowledged together. */
  private static final Duration ACKNOWLEDGE_AFTER = Duration.ofMillis(10);

  private static final Duration LOOK_FOR_TICKS_EVERY = Duration.ofSeconds(1);
  private static final Duration LEAST_RETRY = Duration.ofMillis(50);
  private static final int RECEIPTS_PER_SEND = 256;

  /** Of close codes: whoever closes with one of these says that the device did wrong. */
  private static final int OWN_FAULT = 44;

  private final Network network;
  private final Member member;
  private final Backoff backoff;
  private final Store store = new Store();
  private final Outbox outbox = new Outbox();
  private final DeviceLists lists = new DeviceLists();
  private @Nullable DeviceConnection connection;
  private boolean isWanted;
  private boolean isWaiting;
  private boolean isPaused;
  private boolean acknowledgesSoon;
  private long counter;
  private long attempt;

  // For who looks from outside.
  private volatile boolean isOpen;
  private volatile boolean hasDrained;
  private volatile int unsettled;
  private volatile String lastEnding = "";

  public TestDevice(Network network, Member member, RandomGenerator random) {
    this.network = network;
    this.member = member;
    this.backoff = new Backoff(random);
  }

  // ---- For tests -------------------------------------------------------------------------------

  public DeviceAddress address() {
    return member.address();
  }

  public Member member() {
    return member;
  }

  /** Connects, and from then on whenever the connection is gone. */
  public void connect() {
    network.execute(() -> {
      isWanted = true;
      connectIfWanted();
    });
  }

  /** Goes, and stays away. */
  public void disconnect() {
    network.execute(() -> {
      isWanted = false;
      if (connection != null) {
        connection.close();
      }
    });
  }

  /** It learns an account's devices by REST. */
  public void know(AccountId account, long version, Set<Integer> numbers) {
    network.execute(() -> lists.learn(account, new Known(version, numbers)));
  }

  /** Its user sends a message to the devices that it knows of, now or when it is connected. */
  public void send(AccountId to) {
    network.execute(() -> {
      Known own = lists.of(address().account()).without(address().device());
      ToAccount message = new ToAccount(to, lists.of(to), own);
      counter++;
      Set<DeviceAddress> recipients = addresses(to, message.to());
      recipients.addAll(addresses(address().account(), own));
      network.history().add(new Event.Sent(id(counter), recipients));
      send(counter, message);
    });
  }

  /** Its user reads all that others have written. */
  public void readAll() {
    network.execute(() ->
        store
            .takeUnread()
            .forEach((from, messages) -> {
              if (!from.account().equals(address().account())) {
                read(from, messages);
              }
            }));
  }

  /** It is connected, and all that it sent was accepted. */
  public boolean isAtRest() {
    return isOpen && unsettled == 0;
  }

  public boolean isOpen() {
    return isOpen;
  }

  /** It was told on this connection that it has been sent all that waited. */
  public boolean hasDrained() {
    return hasDrained;
  }

  @Override
  public String toString() {
    return "%s is %s, %d not accepted, last ending: %s"
        .formatted(MessageId.brief(address()), isOpen ? "open" : "not open", unsettled, lastEnding);
  }

  // ---- Sending ---------------------------------------------------------------------------------

  MessageId id(long ofCounter) {
    return new MessageId(address(), member.registration(), ofCounter);
  }

  private void send(long ofCounter, Outgoing part) {
    outbox.add(ofCounter, part);
    pump();
  }

  private void pump() {
    unsettled = outbox.size();
    DeviceConnection open = connection;
    if (open != null && open.isOpen() && !isPaused) {
      outbox.write(open::write, System.nanoTime());
      open.flush();
    }
  }

  private void read(DeviceAddress from, List<MessageId> messages) {
    messages.forEach(message -> network.history().add(new Event.Read(message, address())));
    List<Long> counters = messages.stream().map(MessageId::counter).toList();
    for (int at = 0; at < counters.size(); at += RECEIPTS_PER_SEND) {
      List<Long> some = counters.subList(at, Math.min(counters.size(), at + RECEIPTS_PER_SEND));
      counter++;
      send(counter, new Receipts(from, some));
    }
  }

  void accepted(long ofCounter) {
    if (outbox.accepted(ofCounter).orElse(null) instanceof ToAccount) {
      network.history().add(new Event.Ticked(id(ofCounter)));
    }
    pump();
  }

  void refused(Refused refused) {
    boolean isForNow =
        ErrorCode.ofSlug(refused.getCode())
            .filter(code -> code.retry() == ErrorCode.Retry.LATER)
            .isPresent();
    if (isForNow) {
      outbox.refusedForNow(refused.getCounter());
      pause(Duration.ofMillis(refused.getRetryAfterMs()));
    } else {
      outbox.refusedForEver(refused.getCounter());
      rejected(refused.getCounter(), refused.getCode());
      pump();
    }
  }

  void rejected(long ofCounter, String code) {
    network.history().add(new Event.Refused(id(ofCounter), code));
  }

  private void pause(Duration wanted) {
    if (!isPaused) {
      isPaused = true;
      network.later(
          wanted.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : wanted,
          () -> {
            isPaused = false;
            pump();
          });
    }
  }

  private void lookForTicks(DeviceConnection of) {
    if (connection == of) {
      if (outbox.isOverdue(System.nanoTime())) {
        network.history().note(this + ": no tick came; sends again");
        pump();
      }
      network.later(LOOK_FOR_TICKS_EVERY, () -> lookForTicks(of));
    }
  }

  void repair(Devices mismatch) {
    AccountId account = AccountId.of(mismatch.getAccount());
    MessageId id = id(mismatch.getCounter());
    Known again = lists.learn(mismatch);
    mismatch
        .getGoneList()
        .forEach(number ->
            network.history().add(new Event.Gone(id, new DeviceAddress(account, number))));
    if (!again.numbers().isEmpty()) {
      network.history().add(new Event.Repaired(id, addresses(account, again)));
      send(mismatch.getCounter(), new ToAccount(account, again, new Known(0, Set.of())));
    }
  }

  private static Set<DeviceAddress> addresses(AccountId account, Known list) {
    Set<DeviceAddress> addresses = new HashSet<>();
    list.numbers().forEach(number -> addresses.add(new DeviceAddress(account, number)));
    return addresses;
  }

  // ---- Receiving -------------------------------------------------------------------------------

  boolean has(long sequence) {
    return store.has(sequence);
  }

  void shown(MessageId message, ByteString text) {
    if (store.add(message)) {
      network.history().add(new Event.Shown(message, address(), text.toStringUtf8()));
    }
  }

  void receipted(long ofCounter, DeviceAddress by, ReceiptKind kind) {
    network.history().add(new Event.Receipted(id(ofCounter), by, kind));
  }

  void stored(DeviceConnection by, long sequence) {
    if (!store.has(sequence)) {
      store.stored(sequence);
    }
    if (!acknowledgesSoon) {
      acknowledgesSoon = true;
      network.later(
          ACKNOWLEDGE_AFTER,
          () -> {
            acknowledgesSoon = false;
            if (connection == by) {
              by.acknowledge(store.upTo());
            }
          });
    }
  }

  void drained() {
    hasDrained = true;
  }

  // ---- Connecting ------------------------------------------------------------------------------

  private void attempt() {
    attempt++;
    DeviceConnection next = new DeviceConnection(this, store.upTo());
    connection = next;
    network
        .sockets()
        .connect(
            network.target(),
            new Device(
                address().account(), address().device(), member.noise(), store.upTo(), attempt),
            next);
  }

  void opened(DeviceConnection opened) {
    backoff.reset();
    hasDrained = false;
    isOpen = true;
    if (!isWanted) {
      opened.close();
      return;
    }
    lookForTicks(opened);
    pump();
  }

  /**
   * Another device has this one's keys, or it forgot a connection of its own: no test does that.
   */
  void replaced() {
    isWanted = false;
    fault("replaced");
  }

  void ended(DeviceConnection ended, Ending ending) {
    if (connection != ended) {
      return;
    }
    connection = null;
    isOpen = false;
    lastEnding = ending.describe();
    outbox.disconnected();
    switch (ending) {
      case Ending.Closed() -> connectIfWanted();
      case Ending.GoAway(long retryAfterMs) -> wait(Duration.ofMillis(retryAfterMs));
      case Ending.Refused(var _, int code, var _) -> {
        if (code / 100 == OWN_FAULT) {
          fault(lastEnding);
        }
        wait(backoff.next());
      }
      case Ending.Broken _ -> {
        fault(lastEnding);
        wait(backoff.next());
      }
      case Ending.Lost _ -> wait(backoff.next());
    }
  }

  /** Not even its user makes it come back earlier. */
  private void wait(Duration delay) {
    isWaiting = true;
    network.later(
        delay,
        () -> {
          isWaiting = false;
          connectIfWanted();
        });
  }

  private void connectIfWanted() {
    if (isWanted && !isWaiting && connection == null) {
      attempt();
    }
  }

  /** Something that no chaos excuses. */
  void fault(String what) {
    network.history().fault(MessageId.brief(address()) + ": " + what);
  }
}
