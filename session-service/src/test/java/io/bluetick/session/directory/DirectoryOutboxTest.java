package io.bluetick.session.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.NewDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class DirectoryOutboxTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String node = "n" + UUID.randomUUID();
  private final Accounts accounts;
  private final Devices devices;
  private final StringRedisTemplate redis;
  private final JdbcClient sql;
  private final OwnedAccount owner;
  private final DeviceAddress phone;
  private final ByteString key;
  private final Asking gateway;
  private final TopicPartition outbound;
  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final List<Delivery> heard = new ArrayList<>();

  DirectoryOutboxTest(
      @Autowired Accounts accounts,
      @Autowired Devices devices,
      @Autowired StringRedisTemplate redis,
      @Autowired JdbcClient sql,
      @Autowired Sessions sessions,
      @Autowired Kafka kafka) {
    this.accounts = accounts;
    this.devices = devices;
    this.redis = redis;
    this.sql = sql;
    this.owner = OwnedAccount.register(accounts);
    this.phone = new DeviceAddress(owner.id(), 0);
    this.key = owner.devices().getFirst().getNoiseKey();
    this.gateway = new Asking(sessions, node);
    this.outbound = new TopicPartition(kafka.plan().name(Topics.outbound(node)), 0);
    this.admin = Admin.create(kafka.admin().getConfigurationProperties());
    this.consumer = kafka.consumers().createConsumer();
  }

  @TestConfiguration
  static class Setup {
    @Bean
    Kafka kafka(KafkaAdmin admin, ConsumerFactory<byte[], byte[]> consumers, TopicPlan plan) {
      return new Kafka(admin, consumers, plan);
    }
  }

  record Kafka(KafkaAdmin admin, ConsumerFactory<byte[], byte[]> consumers, TopicPlan plan) {}

  @BeforeEach
  void gatewayLives() throws Exception {
    admin.createTopics(List.of(new NewTopic(outbound.topic(), 1, (short) 1))).all().get();
    redis.opsForValue().set("gateway:" + node, "it", LIMIT.multipliedBy(10));
    consumer.assign(List.of(outbound));
    consumer.seekToBeginning(List.of(outbound));
  }

  @AfterEach
  void close() {
    consumer.close();
    admin.close();
  }

  private Delivery awaitDelivery() {
    await()
        .atMost(LIMIT)
        .until(() -> {
          for (var one : consumer.poll(Duration.ofMillis(100))) {
            heard.addAll(OutboundBatch.parseFrom(one.value()).getDeliveriesList());
          }
          return !heard.isEmpty();
        });
    return heard.removeFirst();
  }

  /** Of this account. */
  private void awaitEmptyOutbox() {
    await()
        .atMost(LIMIT)
        .until(() ->
            sql.sql("SELECT count(*) FROM event_publication WHERE serialized_event LIKE ?")
                    .param("%" + owner.id() + "%")
                    .query(Long.class)
                    .single()
                == 0);
  }

  @Test
  void the_list_of_a_new_account_is_in_the_directory_before_anyone_connects() {
    awaitVersion("1");
  }

  private void awaitVersion(String version) {
    await()
        .atMost(LIMIT)
        .until(
            () -> version.equals(redis.opsForHash().get(DirectoryForTests.key(owner.id()), "v")));
  }

  private DeviceAddress link(int number, NewDevice companion) {
    long version = accounts.nextListVersion(owner.id());
    devices.link(owner.id(), number, companion, owner.signWith(version, number, companion));
    return new DeviceAddress(owner.id(), number);
  }

  private void assertEnded(Delivery delivery, long connection, long epoch, String code) {
    assertThat(delivery.getTargets(0).getConnection()).isEqualTo(connection);
    assertThat(delivery.getTargets(0).getEpoch()).isEqualTo(epoch);
    assertThat(delivery.getEnded().getEpoch()).isEqualTo(epoch);
    assertThat(delivery.getEnded().getCode()).isEqualTo(code);
  }

  @Test
  void who_is_unlinked_is_ended_and_its_primary_goes_on() {
    NewDevice companion = OwnedAccount.anyCompanion();
    DeviceAddress laptop = link(1, companion);
    gateway.opened(phone, key, 1);
    long epoch = gateway.opened(laptop, companion.noiseKey(), -2).getEpoch();
    devices.unlink(owner.id(), 1);
    assertEnded(awaitDelivery(), -2, epoch, "unauthenticated");
    awaitVersion("3");
    awaitEmptyOutbox();
    assertThat(gateway.refused(laptop, companion.noiseKey())).isEqualTo("unauthenticated");
    assertThat(gateway.opened(phone, key, 3).getDisplacedConnection()).isEqualTo(1);
  }

  @Test
  void a_suspended_account_is_ended_with_all_its_devices() {
    NewDevice companion = OwnedAccount.anyCompanion();
    DeviceAddress laptop = link(1, companion);
    long first = gateway.opened(phone, key, 1).getEpoch();
    long second = gateway.opened(laptop, companion.noiseKey(), 2).getEpoch();
    accounts.suspend(owner.id());
    assertEnded(awaitDelivery(), 1, first, "suspended");
    assertEnded(awaitDelivery(), 2, second, "suspended");
    awaitEmptyOutbox();
    assertThat(gateway.restore(phone, 1, first)).isEqualTo("suspended");
  }

  @Test
  void who_is_disconnected_may_come_back() {
    long epoch = gateway.opened(phone, key, 1).getEpoch();
    devices.disconnect(owner.id(), 0);
    assertEnded(awaitDelivery(), 1, epoch, "unavailable");
    awaitEmptyOutbox();
    assertThat(gateway.opened(phone, key, 2).getDisplacedNode()).isEmpty();
  }

  @Test
  void a_deleted_account_is_ended_and_nobody_opens_any_more() {
    long epoch = gateway.opened(phone, key, 1).getEpoch();
    accounts.delete(owner.id());
    assertEnded(awaitDelivery(), 1, epoch, "unauthenticated");
    awaitVersion("9007199254740991");
    awaitEmptyOutbox();
    assertThat(gateway.refused(phone, key)).isEqualTo("unauthenticated");
  }

  @Test
  void a_gateway_that_is_dead_is_not_written_to() {
    redis.delete("gateway:" + node);
    gateway.opened(phone, key, 1);
    accounts.suspend(owner.id());
    awaitEmptyOutbox();
    assertThat(consumer.poll(Duration.ofMillis(500))).isEmpty();
  }
}
