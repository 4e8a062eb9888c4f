package io.bluetick.client.delivery;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Text;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.NewDevice;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.group.Group;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.Schema;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A device with a store of its own, at the {@link FakeServer}. */
final class Person implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final FakeServer server;
  private final Path file;
  private final DatabaseKey key;
  private final Queue<ClientEvent> events = new ConcurrentLinkedQueue<>();
  private Database database;
  private OwnDevice own;
  private LossyKeys keys;
  private Engine engine;
  private boolean isOnline;

  private Person(FakeServer server, Path file, DeviceAddress address, int registration) {
    this.server = server;
    this.file = file;
    this.key = DatabaseKey.generate(RANDOM);
    this.database = Database.open(file, key, Schema.MIGRATIONS);
    this.own = database.transaction(() -> register(address, registration));
    this.keys = new LossyKeys(server.keys(address));
    this.engine = begin();
  }

  /** The primary of somebody new. */
  static Person join(FakeServer server, Path folder, String name) {
    return new Person(
        server, folder.resolve(name), new DeviceAddress(AccountId.random(RANDOM), 0), 1);
  }

  /** Another device of the same account. */
  Person link(int device, int registration) {
    return new Person(
        server,
        file.resolveSibling(file.getFileName() + "-" + device + "-" + registration),
        new DeviceAddress(account(), device),
        registration);
  }

  private OwnDevice register(DeviceAddress address, int registration) {
    DeviceTable device = new DeviceTable(database);
    OwnKeys keys = OwnKeys.generate();
    device.begin(
        new NewDevice(
            URI.create("http://fake"),
            ByteString.copyFrom(new byte[32]),
            keys.serialized(),
            StaticKeys.generate(RANDOM)));
    PreKeys preKeys = new PreKeys(database, device, keys, InstantSource.system());
    FakeBox box = new FakeBox(address, registration, keys, preKeys.lasting());
    SignedDeviceList list = server.join(box, preKeys.fresh(20, 20));
    device.registered(address, registration, "");
    var _ = new Peers(database).learn(address.account(), 1, list);
    return device.find().orElseThrow();
  }

  private Engine begin() {
    Engine.World world =
        new Engine.World(
            server::call,
            keys,
            InstantSource.system(),
            // Waits as little as it may.
            (RandomGenerator) () -> 0L);
    return new Engine(database, own, world, events::add);
  }

  AccountId account() {
    return own.address().account();
  }

  DeviceAddress address() {
    return own.address();
  }

  Person online() {
    engine.start();
    isOnline = true;
    return this;
  }

  /** The process ends; what it has in its store is all that is left. */
  void restart() {
    engine.close();
    database.close();
    database = Database.open(file, key, Schema.MIGRATIONS);
    own = DeviceTable.find(database).orElseThrow();
    keys = new LossyKeys(server.keys(own.address()));
    engine = begin();
    isOnline = false;
  }

  /** A second connection to the store, as of a program that looks at it. */
  Database another() {
    return Database.open(file, key, Schema.MIGRATIONS);
  }

  Message say(Person to, String text) {
    return say(to.account(), Text.newBuilder().setText(text).build());
  }

  Message say(AccountId to, Text text) {
    return say(to, content().setText(text).build());
  }

  Message say(AccountId to, String text) {
    return say(to, Text.newBuilder().setText(text).build());
  }

  static Content.Builder content() {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return Content.newBuilder().setId(ByteString.copyFrom(id));
  }

  Message say(AccountId to, Content content) {
    return engine.say(to, content).join().orElseThrow();
  }

  LossyKeys keys() {
    return keys;
  }

  boolean hasUnconfirmedKeys() {
    return engine
        .with(store ->
            store
                .first(
                    "SELECT 1 FROM pre_key, device WHERE kind IN ('ec', 'kyber')"
                        + " AND id > pre_keys_confirmed",
                    _ -> true)
                .isPresent())
        .join();
  }

  /** Whether it is news. */
  boolean know(Group group) {
    return engine.know(group).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  Engine engine() {
    return engine;
  }

  List<Message> chat(Person with) {
    return chat(with.account());
  }

  List<Message> chat(AccountId with) {
    return engine.with(store -> new History(store).newest(with, 500)).join();
  }

  List<String> texts(AccountId with) {
    return chat(with).stream().map(Message::text).toList();
  }

  void awaitTexts(AccountId with, String... texts) {
    await().atMost(LIMIT).until(() -> texts(with).equals(List.of(texts)));
  }

  /** Rows of a table. */
  int count(String from) {
    return this.<Integer>read(store -> store.all("SELECT 1 FROM " + from, _ -> 1).size());
  }

  <R> R read(Function<Database, R> question) {
    return engine.with(question).join();
  }

  List<String> texts(Person with) {
    return chat(with).stream().map(Message::text).toList();
  }

  Tick tick(Message message) {
    return engine.with(store -> new History(store).find(message.id()).orElseThrow().tick()).join();
  }

  void awaitTick(Message message, Tick tick) {
    await().atMost(LIMIT).until(() -> tick(message).compareTo(tick) >= 0);
  }

  void awaitTexts(Person with, List<String> texts) {
    await().atMost(LIMIT).until(() -> texts(with).equals(texts));
  }

  <T extends ClientEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    if (isOnline) {
      engine.close();
    }
    database.close();
  }
}
