package io.bluetick.message.owner;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.directory.DeviceList;
import io.bluetick.directory.DirectoryBatch;
import io.bluetick.directory.DirectoryBatch.Open;
import io.bluetick.directory.DirectoryLimits;
import io.bluetick.directory.DirectoryLink;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.directory.Opening;
import io.bluetick.directory.Place;
import io.bluetick.message.LiveFiles;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceId;
import io.bluetick.protocol.v1.DeviceOffline;
import io.bluetick.protocol.v1.DeviceOnline;
import io.bluetick.protocol.v1.KnownDevice;
import io.bluetick.protocol.v1.KnownDevices;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.Target;
import io.bluetick.testkit.RunningBackends;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a gateway and session-service do, by hand: commands go in, hand-offs come out. */
public final class GatewayForTests implements AutoCloseable {
  static final int PARTITIONS = 8;
  private static final int LIMIT_S = 30;
  private static final Duration POLL = Duration.ofMillis(50);

  private final String node = "g-" + UUID.randomUUID().toString().substring(0, 8);
  private final String prefix;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ClientResources resources = DefaultClientResources.create();
  private final DirectoryLink link;
  private final DirectoryWriter directory;
  private final SecureRandom random = new SecureRandom();
  private final List<Handed> handed = new ArrayList<>();
  private final Map<AccountId, DeviceList> lists = new HashMap<>();
  private final RedisClient redis;
  private final Admin admin;
  private long connections;

  /** A socket of a device. */
  record Connection(long number, long epoch) {}

  /** A stanza, and for whom. */
  record Handed(Target to, Delivery content) {}

  public GatewayForTests(RunningBackends backends) throws Exception {
    prefix = backends.get("BLUETICK_TOPIC_PREFIX");
    Map<String, Object> kafka = Map.of("bootstrap.servers", backends.get("BLUETICK_KAFKA"));
    producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    String topic = prefix + Topics.outbound(node).name();
    admin = Admin.create(kafka);
    NewTopic own = new NewTopic(topic, 1, (short) 1);
    admin.createTopics(List.of(own)).all().get(LIMIT_S, TimeUnit.SECONDS);
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    consumer.seekToBeginning(consumer.assignment());
    String address = backends.get("BLUETICK_REDIS") + "/" + backends.get("BLUETICK_REDIS_DATABASE");
    link =
        new DirectoryLink(
            resources, RedisURI.create("redis://" + address), DirectoryLimits.DEFAULTS);
    directory = new DirectoryWriter(link);
    redis = RedisClient.create(resources, RedisURI.create("redis://" + address));
    try (var connection = redis.connect()) {
      connection.sync().set("gateway:" + node, "alive");
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    admin.close();
    redis.shutdown();
    link.close();
    var _ = resources.shutdown();
  }

  // ---- The directory ---------------------------------------------------------------------------

  /** A new account with these devices. */
  public AccountId account(int... devices) {
    AccountId account = unknown();
    become(account, devices);
    return account;
  }

  /** One that the directory does not know, and nobody can be asked. */
  AccountId unknown() {
    return AccountId.random(random);
  }

  /** The directory knows it from now on. */
  void become(AccountId account, int... devices) {
    KnownDevices.Builder list = KnownDevices.newBuilder().setVersion(1);
    for (int device : devices) {
      list.addDevices(
          KnownDevice.newBuilder().setDevice(device).setRegistration(1).setSinceVersion(1));
    }
    lists.put(account, new DeviceList(list.build()));
    run(batch -> batch.putList(account, Objects.requireNonNull(lists.get(account))));
  }

  private Opening.Opened open(AccountId account, int device, long connection) {
    Opening opening =
        run(batch ->
            batch.open(
                new Open(
                    new DeviceAddress(account, device),
                    1,
                    new Place(node, connection),
                    0,
                    System.currentTimeMillis(),
                    Objects.requireNonNull(lists.get(account)))));
    return (Opening.Opened) opening;
  }

  private <T> T run(Function<DirectoryBatch, CompletionStage<T>> operation) {
    DirectoryBatch batch = directory.batch();
    CompletionStage<T> answer = operation.apply(batch);
    batch.send();
    return answer.toCompletableFuture().orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
  }

  // ---- Commands --------------------------------------------------------------------------------

  void send(MailboxCommand.Builder... commands) throws Exception {
    for (MailboxCommand.Builder command : commands) {
      byte[] value = MailboxBatch.newBuilder().addCommands(command).build().toByteArray();
      append(AccountId.of(command.getActor()), value);
    }
  }

  void append(AccountId actor, byte[] value) throws Exception {
    int partition = Partitions.of(actor, PARTITIONS);
    producer
        .send(new ProducerRecord<>(prefix + Topics.MAILBOX.name(), partition, null, value))
        .get(LIMIT_S, TimeUnit.SECONDS);
  }

  /** A connection of a device. */
  Connection online(AccountId account, int device, long acknowledged) throws Exception {
    long number = ++connections;
    Connection connection = new Connection(number, open(account, device, number).epoch());
    send(
        to(account)
            .setDeviceOnline(
                DeviceOnline.newBuilder()
                    .setAcknowledged(acknowledged)
                    .setRoute(
                        Route.newBuilder()
                            .setDevice(device)
                            .setNode(node)
                            .setConnection(connection.number())
                            .setEpoch(connection.epoch()))));
    return connection;
  }

  void offline(AccountId account, int device, Connection connection) throws Exception {
    send(
        to(account)
            .setDeviceOffline(
                DeviceOffline.newBuilder().setDevice(device).setEpoch(connection.epoch())));
  }

  void acknowledge(AccountId account, int device, long upTo) throws Exception {
    send(to(account).setAcknowledge(AcknowledgeUpTo.newBuilder().setDevice(device).setUpTo(upTo)));
  }

  void message(AccountId from, AccountId to, long counter) throws Exception {
    send(command(from, to, counter));
  }

  static MailboxCommand.Builder command(AccountId from, AccountId to, long counter) {
    return to(to)
        .setDeliver(
            Deliver.newBuilder()
                .setFrom(
                    DeviceId.newBuilder().setAccount(from.bytes()).setDevice(0).setRegistration(1))
                .setCounter(counter)
                .setTimeMs(System.currentTimeMillis())
                .setListVersion(1)
                .addDevices(
                    DeviceCiphertext.newBuilder()
                        .setDevice(0)
                        .setCiphertext(ByteString.copyFromUtf8("ciphertext " + counter))));
  }

  /** A message whose ciphertext is like no other. */
  byte[] secret(AccountId from, AccountId to, long counter) throws Exception {
    byte[] ciphertext = new byte[64];
    random.nextBytes(ciphertext);
    MailboxCommand.Builder command = command(from, to, counter);
    command.getDeliverBuilder().getDevicesBuilder(0).setCiphertext(ByteString.copyFrom(ciphertext));
    send(command);
    return ciphertext;
  }

  private static MailboxCommand.Builder to(AccountId account) {
    return MailboxCommand.newBuilder().setActor(account.bytes());
  }

  // ---- Hand-offs -------------------------------------------------------------------------------

  /** All that was handed to a connection so far, repeats included. */
  List<Handed> handedTo(Connection connection) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        for (Delivery delivery : OutboundBatch.parseFrom(record.value()).getDeliveriesList()) {
          delivery.getTargetsList().forEach(target -> handed.add(new Handed(target, delivery)));
        }
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return handed.stream()
        .filter(each -> each.to().getConnection() == connection.number())
        .toList();
  }

  /** The counters of the messages among them, without those that were handed over before. */
  List<Long> countersHandedTo(Connection connection) {
    List<Long> counters = new ArrayList<>();
    long last = 0;
    for (Handed each : handedTo(connection)) {
      if (each.content().hasMessage() && each.to().getSequence() > last) {
        last = each.to().getSequence();
        counters.add(each.content().getMessage().getCounter());
      }
    }
    return counters;
  }

  long lastSequence(Connection connection) {
    return handedTo(connection).stream().mapToLong(each -> each.to().getSequence()).max().orElse(0);
  }

  // ---- What is left ----------------------------------------------------------------------------

  /** How long the log and the hand-offs are kept. */
  void retain(Duration retention) throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (String topic : List.of(Topics.MAILBOX.name(), Topics.outbound(node).name())) {
      List<AlterConfigOp> set = new ArrayList<>();
      for (String name : List.of("retention.ms", "segment.ms", "file.delete.delay.ms")) {
        String value = Long.toString(retention.toMillis());
        set.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
      }
      changes.put(new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic), set);
    }
    admin.incrementalAlterConfigs(changes).all().get(LIMIT_S, TimeUnit.SECONDS);
  }

  /** Kafka's files that hold these bytes. */
  List<Path> kafkaFilesWith(byte[] bytes) throws Exception {
    Collection<Integer> brokers =
        admin.describeCluster().nodes().get(LIMIT_S, TimeUnit.SECONDS).stream()
            .map(Node::id)
            .toList();
    List<Path> found = new ArrayList<>();
    for (Map<String, LogDirDescription> ofBroker :
        admin.describeLogDirs(brokers).allDescriptions().get(LIMIT_S, TimeUnit.SECONDS).values()) {
      for (String folder : ofBroker.keySet()) {
        LiveFiles.below(Path.of(folder)).stream()
            .filter(file -> holds(file, bytes))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Not of a file that has just been deleted. */
  private static boolean holds(Path file, byte[] bytes) {
    try {
      return contains(Files.readAllBytes(file), bytes);
    } catch (IOException _) {
      return false;
    }
  }

  List<String> redisKeysWith(byte[] bytes) {
    List<String> found = new ArrayList<>();
    try (var connection = redis.connect()) {
      for (String key : connection.sync().keys("*")) {
        byte[] value = connection.sync().dump(key);
        if (value != null && contains(value, bytes)) {
          found.add(key);
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] all, byte[] part) {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    return text.contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
