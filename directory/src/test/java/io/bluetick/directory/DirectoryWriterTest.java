package io.bluetick.directory;

import static io.bluetick.directory.RealDirectory.HERE;
import static io.bluetick.directory.RealDirectory.THERE;
import static io.bluetick.directory.RealDirectory.list;
import static io.bluetick.directory.RealDirectory.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.directory.DirectoryBatch.Open;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.REDIS)
class DirectoryWriterTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final RealDirectory directory;
  private final DeviceAddress device;

  DirectoryWriterTest(RunningBackends backends) {
    directory = new RealDirectory(backends);
    device = directory.device();
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private Duration expiry() {
    return Duration.ofSeconds(directory.redis.ttl(DirectoryFormat.key(device.account())));
  }

  private void close(long epoch) {
    directory.run(batch -> batch.close(device, epoch).thenApply(_ -> true));
  }

  private void abandon(long epoch) {
    directory.run(batch -> batch.abandon(device, epoch).thenApply(_ -> true));
  }

  private List<LiveRoute> end() {
    return directory.run(batch -> batch.end(device.account(), List.of(0, 9), 1));
  }

  private Restoring restore(long epoch) {
    return directory.run(batch -> batch.restore(device, 1, HERE, epoch, list(1)));
  }

  private Opening attempt(int registration, long attempt, long nowMs) {
    return directory.run(
        batch -> batch.open(new Open(device, registration, HERE, attempt, nowMs, list(1))));
  }

  @Test
  void an_epoch_is_the_time_or_one_more_than_the_last() {
    assertThat(directory.opened(open(device, HERE, 5_000)).epoch()).isEqualTo(5_000);
    assertThat(directory.opened(open(device, HERE, 5_000)).epoch()).isEqualTo(5_001);
    assertThat(directory.opened(open(device, HERE, 4_000)).epoch()).isEqualTo(5_002);
    long now = 1_900_000_000_123L;
    assertThat(directory.opened(open(device, HERE, now)).epoch()).isEqualTo(now);
  }

  @Test
  void who_opens_hears_of_whom_it_displaces() {
    assertThat(directory.opened(device, HERE).displaced()).isEmpty();
    assertThat(directory.opened(device, THERE).displaced()).contains(HERE);
    assertThat(directory.opened(device, HERE).displaced()).contains(THERE);
  }

  @Test
  void a_close_counts_for_its_own_epoch_alone_and_epochs_go_on() {
    long first = directory.opened(device, HERE).epoch();
    long second = directory.opened(device, THERE).epoch();
    close(first);
    assertThat(directory.routes(device)).containsExactly(new LiveRoute(0, second, THERE));
    close(second);
    close(second);
    assertThat(directory.routes(device)).isEmpty();
    Opening.Opened next = directory.opened(device, HERE);
    assertThat(next.displaced()).isEmpty();
    assertThat(next.epoch()).isGreaterThan(second);
  }

  @Test
  void an_opening_that_is_taken_back_leaves_the_older_route_with_its_epoch() {
    long first = directory.opened(device, HERE).epoch();
    long second = directory.opened(device, THERE).epoch();
    abandon(second);
    assertThat(directory.routes(device)).containsExactly(new LiveRoute(0, first, HERE));
    close(first);
    assertThat(directory.routes(device)).isEmpty();
    assertThat(directory.opened(device, HERE).epoch()).isGreaterThan(second);
  }

  @Test
  void an_opening_behind_a_newer_one_is_taken_back_too() {
    long first = directory.opened(device, HERE).epoch();
    long second = directory.opened(device, THERE).epoch();
    long third = directory.opened(device, THERE).epoch();
    abandon(second);
    abandon(third);
    assertThat(directory.routes(device)).containsExactly(new LiveRoute(0, first, HERE));
  }

  @Test
  void a_displaced_connection_that_closed_is_not_brought_back() {
    long first = directory.opened(device, HERE).epoch();
    long second = directory.opened(device, THERE).epoch();
    close(first);
    abandon(second);
    assertThat(directory.routes(device)).isEmpty();
  }

  @Test
  void openings_on_their_way_to_one_device_are_bounded() {
    for (int i = 0; i < 20; i++) {
      directory.opened(device, HERE);
    }
    assertThat(directory.routes(device)).hasSize(4);
  }

  @Test
  void a_later_attempt_is_not_displaced_by_one_that_was_held_up() {
    assertThat(attempt(1, 7, 10_000)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(1, 6, 39_999)).isEqualTo(new Opening.Overtaken());
    assertThat(attempt(1, 7, 20_000)).isInstanceOf(Opening.Opened.class);
    assertThat(directory.routes(device)).hasSize(2);
  }

  @Test
  void who_does_not_count_comes_late_or_was_registered_anew_is_not_overtaken() {
    attempt(1, 7, 10_000);
    assertThat(attempt(1, 0, 10_001)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(1, 7, 10_002)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(1, 6, 40_002)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(2, 1, 40_003)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(2, -1, 40_004)).isInstanceOf(Opening.Opened.class);
    assertThat(attempt(2, Long.MAX_VALUE, 40_005)).isEqualTo(new Opening.Overtaken());
  }

  @Test
  void taking_back_the_opening_of_a_new_phone_does_not_bring_back_the_old_one() {
    attempt(1, 0, 1_000);
    Opening.Opened anew = (Opening.Opened) attempt(2, 0, 2_000);
    assertThat(anew.displaced()).contains(HERE);
    abandon(anew.epoch());
    assertThat(directory.routes(device)).isEmpty();
  }

  @Test
  void whoever_has_an_older_list_must_read_it_anew() {
    directory.opened(new Open(device, 1, HERE, 0, 1_000, list(3)));
    assertThat(directory.<Opening>run(batch -> batch.open(open(device, THERE, 2_000))))
        .isEqualTo(new Opening.StaleList());
    assertThat(restore(9_000)).isEqualTo(Restoring.STALE_LIST);
    assertThat(directory.routes(device)).hasSize(1);
    directory.opened(new Open(device, 1, HERE, 0, 3_000, list(4)));
  }

  @Test
  void a_list_is_written_only_if_it_is_newer() {
    directory.run(batch -> batch.putList(device.account(), list(5)).thenApply(_ -> true));
    directory.run(batch -> batch.putList(device.account(), list(4)).thenApply(_ -> true));
    assertThat(directory.redis.hget(DirectoryFormat.key(device.account()), "v")).isEqualTo("5");
    assertThat(expiry()).isBetween(DAY.multipliedBy(39), DAY.multipliedBy(40));
  }

  @Test
  void nobody_opens_for_an_account_that_was_removed() {
    directory.opened(device, HERE);
    directory.run(batch -> batch.remove(device.account()).thenApply(_ -> true));
    assertThat(directory.<Opening>run(batch -> batch.open(open(device, THERE, 2_000))))
        .isEqualTo(new Opening.StaleList());
    assertThat(restore(9_000)).isEqualTo(Restoring.STALE_LIST);
    directory.run(batch -> batch.putList(device.account(), list(9)).thenApply(_ -> true));
    close(1_000);
    assertThat(expiry()).isBetween(Duration.ofHours(23), DAY);
  }

  @Test
  void an_account_that_was_removed_keeps_its_routes_for_whoever_ends_them() {
    directory.opened(device, HERE);
    directory.run(batch -> batch.remove(device.account()).thenApply(_ -> true));
    assertThat(end()).hasSize(1);
    assertThat(directory.routes(device)).isEmpty();
  }

  @Test
  void a_device_that_was_registered_later_at_the_same_number_goes_on() {
    attempt(2, 0, 1_000);
    assertThat(end()).isEmpty();
    assertThat(directory.routes(device)).hasSize(1);
  }

  @Test
  void a_route_that_redis_lost_is_written_again_with_its_list() {
    long epoch = directory.opened(device, HERE).epoch();
    assertThat(restore(epoch)).isEqualTo(Restoring.PRESENT);
    directory.redis.del(DirectoryFormat.key(device.account()));
    assertThat(restore(epoch)).isEqualTo(Restoring.PRESENT);
    assertThat(directory.routes(device)).containsExactly(new LiveRoute(0, epoch, HERE));
    assertThat(directory.redis.hget(DirectoryFormat.key(device.account()), "v")).isEqualTo("1");
    assertThat(directory.opened(device, THERE).epoch()).isGreaterThan(epoch);
    assertThat(restore(epoch - 1)).isEqualTo(Restoring.GONE);
  }

  @Test
  void a_restore_that_comes_after_the_close_finds_the_session_gone() {
    close(7_000);
    assertThat(restore(7_000)).isEqualTo(Restoring.GONE);
    assertThat(expiry()).isPositive();
    assertThat(restore(7_001)).isEqualTo(Restoring.PRESENT);
  }

  @Test
  void ended_devices_tell_their_routes_once_and_their_epochs_go_on() {
    DeviceAddress other = new DeviceAddress(device.account(), 3);
    long first = directory.opened(device, HERE).epoch();
    long second = directory.opened(device, THERE).epoch();
    directory.opened(other, HERE);
    List<LiveRoute> both = List.of(new LiveRoute(0, second, THERE), new LiveRoute(0, first, HERE));
    assertThat(directory.routes(device)).isEqualTo(both);
    assertThat(end()).isEqualTo(both);
    assertThat(end()).isEmpty();
    assertThat(directory.routes(other)).hasSize(1);
    assertThat(directory.opened(device, HERE).epoch()).isGreaterThan(second);
  }

  @Test
  void an_opening_refreshes_the_expiry_when_a_day_of_it_has_passed() {
    directory.opened(device, HERE);
    assertThat(expiry()).isGreaterThan(DAY.multipliedBy(39));
    directory.redis.expire(DirectoryFormat.key(device.account()), DAY.multipliedBy(38));
    directory.opened(device, HERE);
    assertThat(expiry()).isGreaterThan(DAY.multipliedBy(39));
  }

  @Test
  void a_batch_is_one_write_and_is_obeyed_in_its_order() {
    directory.opened(directory.device(), HERE);
    int before = directory.writes.get();
    DirectoryBatch batch = directory.writer.batch();
    List<CompletionStage<Opening>> openings = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      openings.add(batch.open(open(device, HERE, 1_000)));
    }
    batch.send();
    for (int i = 0; i < 256; i++) {
      Opening opening = RealDirectory.answered(openings.get(i));
      assertThat(((Opening.Opened) opening).epoch()).isEqualTo(1_000 + i);
    }
    assertThat(directory.writes.get() - before).isEqualTo(1);
  }

  @Test
  void a_redis_that_does_not_know_the_script_is_told_and_the_order_kept() {
    directory.redis.scriptFlush();
    a_batch_of_two();
  }

  private void a_batch_of_two() {
    DirectoryBatch batch = directory.writer.batch();
    CompletionStage<Opening> first = batch.open(open(device, HERE, 1_000));
    CompletionStage<Void> closed = batch.close(device, 1_000);
    CompletionStage<Opening> second = batch.open(open(device, THERE, 1_000));
    batch.send();
    assertThat(RealDirectory.answered(first)).isInstanceOf(Opening.Opened.class);
    assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    Opening.Opened last = (Opening.Opened) RealDirectory.answered(second);
    assertThat(last.displaced()).isEmpty();
    assertThat(last.epoch()).isEqualTo(1_001);
  }
}
