package io.bluetick.directory;

import static io.bluetick.directory.RealDirectory.HERE;
import static io.bluetick.directory.RealDirectory.THERE;
import static io.bluetick.directory.RealDirectory.answered;
import static io.bluetick.directory.RealDirectory.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.system.Ports;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.directory.DirectoryBatch.Open;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.KnownDevice;
import io.bluetick.protocol.v1.KnownDevices;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.REDIS)
class DirectoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final KnownDevices FROM_SESSION_SERVICE =
      KnownDevices.newBuilder()
          .setVersion(8)
          .addDevices(KnownDevice.newBuilder().setDevice(2).setRegistration(9).setSinceVersion(7))
          .build();

  private final RealDirectory real;
  private final Queue<AccountId> asked = new ConcurrentLinkedQueue<>();
  private final Directory directory;
  private final DeviceAddress device;

  DirectoryTest(RunningBackends backends) {
    real = new RealDirectory(backends);
    directory = reading(Duration.ZERO);
    device = real.device();
  }

  private Directory reading(Duration leaseAge) {
    DirectoryLimits defaults = DirectoryLimits.DEFAULTS;
    return new Directory(
        real.link,
        this::lists,
        new DirectoryLimits(
            defaults.connectTimeout(), defaults.timeout(), defaults.waiting(), leaseAge));
  }

  /** Session-service, as far as this reader is concerned. */
  private CompletionStage<Map<AccountId, KnownDevices>> lists(Collection<AccountId> accounts) {
    asked.addAll(accounts);
    return CompletableFuture.completedFuture(
        accounts.stream().collect(Collectors.toMap(id -> id, _ -> FROM_SESSION_SERVICE)));
  }

  @BeforeEach
  void nodesLive() {
    lives(HERE, THERE);
  }

  @AfterEach
  void close() {
    real.redis.del(lease(HERE), lease(THERE));
    real.close();
  }

  private void lives(Place... places) {
    for (Place place : places) {
      real.redis.psetex(lease(place), 60_000, "an instance");
    }
  }

  private static String lease(Place place) {
    return DirectoryFormat.leaseKey(place.node());
  }

  private AccountEntry load() {
    Map<AccountId, AccountEntry> loaded = answered(directory.load(List.of(device.account())));
    assertThat(loaded).containsOnlyKeys(device.account());
    return loaded.getOrDefault(device.account(), AccountEntry.NONE);
  }

  @Test
  void an_account_has_its_list_and_the_routes_of_who_is_connected() {
    DeviceAddress other = new DeviceAddress(device.account(), 4);
    real.opened(device, HERE);
    long second = real.opened(device, THERE).epoch();
    long third = real.opened(other, HERE).epoch();
    AccountEntry entry = load();
    assertThat(entry.listVersion()).isEqualTo(1);
    assertThat(entry.devices()).hasSize(5).containsEntry(3, new ListedDevice(3, 1, 1));
    assertThat(entry.routes())
        .isEqualTo(Map.of(0, new LiveRoute(0, second, THERE), 4, new LiveRoute(4, third, HERE)));
    assertThat(asked).isEmpty();
  }

  @Test
  void a_route_of_a_gateway_that_is_dead_is_not_told() {
    DeviceAddress other = new DeviceAddress(device.account(), 4);
    real.opened(device, HERE);
    real.opened(device, THERE);
    real.opened(other, HERE);
    real.redis.del(lease(THERE));
    assertThat(load().routes()).containsOnlyKeys(4);
    lives(THERE);
    assertThat(load().routes()).containsOnlyKeys(0, 4);
  }

  @Test
  void a_route_of_a_device_that_is_not_in_the_list_is_not_told() {
    real.opened(new DeviceAddress(device.account(), 6), HERE);
    assertThat(load().routes()).isEmpty();
  }

  @Test
  void nor_one_that_an_earlier_registration_opened() {
    real.opened(device, HERE);
    real.run(batch -> batch.putList(device.account(), list(2, 2)).thenApply(_ -> true));
    assertThat(load().routes()).isEmpty();
    real.opened(new Open(device, 2, THERE, 0, 2_000, list(2, 2)));
    assertThat(load().routes()).hasSize(1);
  }

  @Test
  void an_account_that_redis_does_not_know_is_asked_for() {
    assertThat(load())
        .isEqualTo(new AccountEntry(8, Map.of(2, new ListedDevice(2, 9, 7)), Map.of(), Map.of()));
    assertThat(asked).containsExactly(device.account());
  }

  @Test
  void one_of_which_only_a_close_is_known_is_asked_for_too() {
    real.run(batch -> batch.close(device, 77).thenApply(_ -> true));
    assertThat(load().listVersion()).isEqualTo(8);
  }

  @Test
  void one_that_was_removed_is_not_asked_for_and_is_none() {
    real.opened(device, HERE);
    real.run(batch -> batch.remove(device.account()).thenApply(_ -> true));
    assertThat(load()).isEqualTo(AccountEntry.NONE);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_thousand_accounts_are_one_write_and_their_gateways_another() {
    List<AccountId> accounts = new ArrayList<>();
    DirectoryBatch batch = real.writer.batch();
    List<CompletionStage<Opening>> openings = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      DeviceAddress one = real.device();
      accounts.add(one.account());
      Place place = new Place(i % 2 == 0 ? "g1" : "g2", i);
      openings.add(batch.open(RealDirectory.open(one, place, 1_000)));
    }
    batch.send();
    openings.forEach(RealDirectory::answered);
    Directory remembering = reading(Duration.ofMinutes(1));
    int before = real.writes.get();
    Map<AccountId, AccountEntry> loaded = answered(remembering.load(accounts));
    assertThat(loaded).hasSize(1_000);
    assertThat(loaded.values()).allSatisfy(entry -> assertThat(entry.routes()).containsOnlyKeys(0));
    assertThat(real.writes.get() - before).isEqualTo(2);
    int again = real.writes.get();
    assertThat(answered(remembering.load(accounts))).isEqualTo(loaded);
    assertThat(real.writes.get() - again).isEqualTo(1);
  }

  @Test
  void a_load_is_bounded() {
    List<AccountId> accounts = new ArrayList<>();
    for (int i = 0; i <= DirectoryLimits.MAX_ACCOUNTS; i++) {
      accounts.add(new AccountId(1, i));
    }
    assertThatThrownBy(() -> directory.load(accounts)).isInstanceOf(IllegalArgumentException.class);
    assertThat(answered(directory.load(List.of()))).isEmpty();
  }

  @Test
  void who_cannot_be_asked_fails_the_load() {
    Directory alone =
        new Directory(
            real.link,
            _ -> CompletableFuture.failedFuture(new IllegalStateException("away")),
            DirectoryLimits.DEFAULTS);
    assertThat(alone.load(List.of(device.account())))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(DirectoryAwayException.class);
  }

  @Test
  void without_session_service_those_are_told_whom_redis_knows() {
    Directory alone =
        new Directory(
            real.link,
            _ -> CompletableFuture.failedFuture(new IllegalStateException("away")),
            DirectoryLimits.DEFAULTS);
    real.opened(device, RealDirectory.HERE);
    Map<AccountId, AccountEntry> known =
        answered(alone.loadKnown(List.of(device.account(), real.account())));
    assertThat(known.keySet()).containsExactly(device.account());
    assertThat(Objects.requireNonNull(known.get(device.account())).routes())
        .containsOnlyKeys(device.device());
  }

  @Test
  void without_redis_devices_are_known_and_nobody_is_connected() {
    real.opened(device, RealDirectory.HERE);
    try (DirectoryLinkForTests away = new DirectoryLinkForTests(Ports.free(1)[0])) {
      Directory reader = new Directory(away.link, this::lists, DirectoryLimits.DEFAULTS);
      AccountEntry entry =
          Objects.requireNonNull(
              answered(reader.loadUnreachable(List.of(device.account()))).get(device.account()));
      assertThat(entry.devices()).isNotEmpty();
      assertThat(entry.routes()).isEmpty();
    }
  }

  @Test
  void while_redis_is_away_everything_fails_as_typed() {
    try (DirectoryLinkForTests away = new DirectoryLinkForTests(Ports.free(1)[0])) {
      Directory reader = new Directory(away.link, this::lists, DirectoryLimits.DEFAULTS);
      assertThat(reader.load(List.of(device.account())))
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(DirectoryAwayException.class);
      DirectoryBatch batch = new DirectoryWriter(away.link).batch();
      CompletionStage<Void> closed = batch.close(device, 1);
      batch.send();
      assertThat(closed)
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(DirectoryAwayException.class);
    }
  }
}
