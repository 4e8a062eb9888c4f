package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.SimulatedDevice.Connection;
import io.bluetick.message.mailbox.SimulatedDevice.Outgoing;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.DeviceOffline;
import io.bluetick.protocol.v1.DeviceOnline;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.ResumeDevice;
import io.bluetick.protocol.v1.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Accounts and their devices, two gateways, a log, an inbox, an owner of the partition, its
 * predecessors that do not know yet that they are replaced, and a clock. A seed says what happens.
 * What the design allows to be lost, repeated or late is; everything else is not.
 */
final class World {
  static final Bounds BOUNDS =
      new Bounds(
          4,
          3,
          8,
          Duration.ofDays(30),
          Duration.ofMinutes(1),
          1_000,
          5,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          4,
          8);

  private static final long ASK_AGAIN_AFTER_MS = 5_000;

  final SplittableRandom random;
  final List<MailboxCommand> log = new ArrayList<>();
  final SimulatedInbox inbox = new SimulatedInbox();
  long committed;
  long nowMs = 1_800_000_000_000L;

  private final boolean isTold;
  private final List<String> trace = new ArrayList<>();
  final SimulatedAccounts accounts;
  final SimulatedSenders senders = new SimulatedSenders(this);
  private final List<SimulatedGateway> gateways =
      List.of(new SimulatedGateway("g1"), new SimulatedGateway("g2"));
  private final List<SimulatedOwner> replaced = new ArrayList<>();

  private final List<Event> habits;
  private SimulatedOwner owner;
  private int owners;
  private long connections;
  private final Map<Long, DeviceKey> holders = new HashMap<>();
  private long lastEpoch = nowMs;
  boolean isCalm;

  World(long seed, boolean isTold) {
    this.isTold = isTold;
    random = new SplittableRandom(seed);
    habits = Event.habits(random);
    accounts = new SimulatedAccounts(this);
    owner = newOwner();
  }

  /** Of what is only known at length a supplier: it is asked if somebody listens. */
  void trace(String format, Object... words) {
    if (isTold) {
      Object[] said =
          Arrays.stream(words)
              .map(word -> word instanceof Supplier<?> later ? later.get() : word)
              .toArray();
      trace.add(String.format(format, said));
    }
  }

  static Supplier<String> told(Effect.Send send) {
    return () -> line(send);
  }

  static Supplier<String> told(MailboxCommand command) {
    return () -> line(command);
  }

  List<String> trace() {
    return trace;
  }

  // ---- What owners see -------------------------------------------------------------------------

  void append(MailboxCommand command) {
    log.add(command);
  }

  /**
   * A hand-off: the gateway reads it later, once, twice or never. Nobody misses a lost CaughtUp but
   * the device, which waits a little longer than it must; that is not looked at here.
   */
  void outbound(Effect.Send send) {
    boolean isLucky = isCalm || send.content().hasDrained() || random.nextInt(20) > 0;
    int copies = isLucky ? 1 : random.nextInt(3);
    for (int i = 0; i < copies; i++) {
      gateway(send.route().getNode()).hand(send);
    }
  }

  void woken(Effect.Wake wake) {
    trace("%s is woken, %s", wake.device(), wake.priority());
  }

  void called(Effect.Send send) {
    if (send.content().getCall().getTimeMs() + BOUNDS.callTimeToLive().toMillis() <= nowMs) {
      throw new Violation("an expired call was delivered");
    }
  }

  /** The device that has or had this connection. */
  DeviceKey deviceAt(Route route) {
    return Objects.requireNonNull(holders.get(route.getConnection()));
  }

  // ---- What happens ----------------------------------------------------------------------------

  void step() {
    nowMs += random.nextInt(200);
    switch (habits.get(random.nextInt(habits.size()))) {
      case WRITE -> senders.write(anyDevice());
      case SUBMIT -> senders.submit(anyDevice());
      case CONNECT -> connect(anyDevice());
      case DISCONNECT -> disconnect(anyDevice());
      case POLL -> owner.poll(1 + random.nextInt(4));
      case READ_OUTBOUND -> anyGateway().read(this, 1 + random.nextInt(5));
      case ACKNOWLEDGE -> acknowledge(anyDevice());
      case TRANSMIT -> anyGateway().transmit(this, 1 + random.nextInt(4));
      case ANSWER -> anyOwner().answer();
      case CHECKPOINT -> checkpoint();
      case FLUSH_SOME -> anyOwner().sendSome(1 + random.nextInt(3));
      case REPLACE_OWNER -> replaceOwner();
      case RESTART_GATEWAY -> restart(anyGateway());
      case LINK -> accounts.link(anyAccount(), 1 + random.nextInt(2));
      case UNLINK -> accounts.unlink(anyDevice());
      case LEAP -> nowMs += random.nextInt(90_000);
      case CALL -> senders.call(anyDevice());
      case EVICT -> owner.evict();
      case TICK -> owner.tick();
    }
  }

  /** The moments between two of its steps are the ones that matter. */
  private void checkpoint() {
    SimulatedOwner any = anyOwner();
    for (int steps = random.nextInt(6); steps >= 0; steps--) {
      any.checkpoint(random.nextInt(3));
    }
    if (random.nextInt(6) == 0) {
      replaceOwner();
    }
  }

  private SimulatedGateway anyGateway() {
    return gateways.get(random.nextInt(gateways.size()));
  }

  private SimulatedGateway gateway(String name) {
    return gateways.get(name.equals("g1") ? 0 : 1);
  }

  AccountId anyAccount() {
    return accounts.all.get(random.nextInt(accounts.all.size()));
  }

  private SimulatedDevice anyDevice() {
    List<SimulatedDevice> linked = accounts.linked();
    return linked.get(random.nextInt(linked.size()));
  }

  private SimulatedOwner anyOwner() {
    return replaced.isEmpty() || random.nextInt(3) > 0
        ? owner
        : replaced.get(random.nextInt(replaced.size()));
  }

  private SimulatedOwner newOwner() {
    owners++;
    trace("owner o%d begins at %d of %d", owners, committed, log.size());
    return new SimulatedOwner(this, "o" + owners, committed, BOUNDS);
  }

  /** It dies, or it is only taken for dead. */
  private void replaceOwner() {
    if (random.nextBoolean()) {
      trace("owner o%d dies", owners);
      owner.crash(random.nextBoolean() ? 0 : random.nextInt(4));
    } else {
      trace("owner o%d is taken for dead", owners);
      owner.replaced();
      replaced.add(owner);
    }
    if (replaced.size() > 2) {
      replaced.removeFirst();
    }
    owner = newOwner();
  }

  private void connect(SimulatedDevice device) {
    if (device.connection != null && random.nextInt(4) > 0) {
      return;
    }
    lastEpoch = Math.max(lastEpoch + 1, nowMs);
    String node = anyGateway().name;
    Connection connection = new Connection(node, ++connections, lastEpoch, device.stored);
    Connection before = device.connection;
    device.connection = connection;
    holders.put(connection.number, device.key);
    trace("%s connects to %s, has %d", device.key, node, device.stored);
    gateway(node)
        .says(
            command(device.key.account())
                .setDeviceOnline(
                    DeviceOnline.newBuilder()
                        .setRoute(
                            Route.newBuilder()
                                .setDevice(device.key.device())
                                .setNode(node)
                                .setConnection(connection.number)
                                .setEpoch(connection.epoch))
                        .setAcknowledged(device.stored))
                .build());
    if (before != null) {
      gateway(before.node)
          .says(offline(device, before)); // The displaced one is told later, and closes after.
    }
  }

  private void disconnect(SimulatedDevice device) {
    Connection connection = device.connection;
    if (connection != null) {
      trace("%s disconnects", device.key);
      device.connection = null;
      gateway(connection.node).says(offline(device, connection));
    }
  }

  private static MailboxCommand offline(SimulatedDevice device, Connection connection) {
    return command(device.key.account())
        .setDeviceOffline(
            DeviceOffline.newBuilder().setDevice(device.key.device()).setEpoch(connection.epoch))
        .build();
  }

  /** Its sockets are gone, and nobody says so; what it was handed meanwhile is never read. */
  private void restart(SimulatedGateway gateway) {
    trace("%s restarts", gateway.name);
    gateway.restart();
    for (SimulatedDevice device : accounts.devices) {
      if (device.connection != null && device.connection.node.equals(gateway.name)) {
        device.connection = null;
      }
    }
  }

  private void acknowledge(SimulatedDevice device) {
    Connection connection = device.connection;
    if (connection != null && device.stored > connection.acknowledged) {
      connection.acknowledged = device.stored;
      gateway(connection.node)
          .says(
              command(device.key.account())
                  .setAcknowledge(
                      AcknowledgeUpTo.newBuilder()
                          .setDevice(device.key.device())
                          .setUpTo(device.stored))
                  .build());
    }
  }

  // ---- Gateways --------------------------------------------------------------------------------

  void arrives(SimulatedGateway gateway, Effect.Send send) {
    accounts.devices.stream()
        .filter(device -> isAt(device, gateway.name, send.route()))
        .findFirst()
        .ifPresent(device -> write(device, send));
  }

  private static boolean isAt(SimulatedDevice device, String node, Route route) {
    Connection connection = device.connection;
    return connection != null
        && connection.node.equals(node)
        && connection.number == route.getConnection()
        && connection.epoch == route.getEpoch();
  }

  /** See Target in outbound.proto. */
  private void write(SimulatedDevice device, Effect.Send send) {
    Connection connection = device.connection;
    if (connection == null || (send.sequence() != 0 && send.sequence() <= connection.last)) {
      return;
    }
    if (send.previous() > connection.last) {
      if (nowMs - connection.resumeAskedMs >= ASK_AGAIN_AFTER_MS) {
        connection.resumeAskedMs = nowMs;
        trace("%s is asked to resume %s", connection.node, device.key);
        gateway(connection.node)
            .says(
                command(device.key.account())
                    .setResume(
                        ResumeDevice.newBuilder()
                            .setDevice(device.key.device())
                            .setEpoch(connection.epoch))
                    .build());
      }
      return;
    }
    connection.resumeAskedMs = 0;
    connection.last = Math.max(connection.last, send.sequence());
    trace("%s gets %s", device.key, told(send));
    Outgoing repair = device.receive(send.sequence(), send.content());
    if (repair != null) {
      senders.repair(device, repair);
    }
  }

  // ---- The end ---------------------------------------------------------------------------------

  /** Nothing goes wrong any more, everybody connects, and all that can happen happens. */
  void calm() {
    trace("calm");
    isCalm = true;
    replaced.clear();
    for (int round = 0; round < 400; round++) {
      nowMs += 1_000;
      for (SimulatedDevice device : accounts.linked()) {
        if (device.connection == null) {
          connect(device);
        }
        senders.submit(device);
      }
      gateways.forEach(gateway -> gateway.transmit(this, Integer.MAX_VALUE));
      owner.poll(Integer.MAX_VALUE);
      owner.answer();
      owner.tick();
      gateways.forEach(gateway -> gateway.read(this, Integer.MAX_VALUE));
      accounts.linked().forEach(this::acknowledge);
      owner.checkpoint(0);
      if (round > 130 && round % 16 == 0 && isQuiet()) {
        return;
      }
    }
    throw new Violation("it never comes to rest");
  }

  private boolean isQuiet() {
    return !owner.isBehind()
        && owner.held() == 0
        && accounts.linked().stream().allMatch(device -> device.unsent.isEmpty())
        && gateways.stream().allMatch(SimulatedGateway::isQuiet);
  }

  static MailboxCommand.Builder command(AccountId account) {
    return MailboxCommand.newBuilder().setActor(account.bytes());
  }

  private static String line(Effect.Send send) {
    String what = send.content().getContentCase().toString();
    if (send.content().hasMessage()) {
      what =
          DeviceKey.of(send.content().getMessage().getFrom())
              + "#"
              + send.content().getMessage().getCounter();
    }
    return "%s as %d after %d on %d"
        .formatted(
            what, send.sequence() >> 12, send.previous() >> 12, send.route().getConnection());
  }

  private static String line(MailboxCommand command) {
    String name = AccountId.of(command.getActor()).toString().substring(31);
    return name
        + " "
        + command.toString().replaceAll("\\s+", " ").replaceAll("actor: \"[^\"]*\" ", "");
  }
}
