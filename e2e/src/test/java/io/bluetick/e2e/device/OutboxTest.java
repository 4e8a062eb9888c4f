package io.bluetick.e2e.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.e2e.device.DeviceLists.Known;
import io.bluetick.e2e.device.Outgoing.ToAccount;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final AccountId BOB = new AccountId(0, 0xB);
  private static final Known NOBODY = new Known(0, Set.of());

  private final Outbox outbox = new Outbox();
  private final List<String> written = new ArrayList<>();
  private long nowNanos;

  @Test
  void what_is_not_accepted_goes_out_again_in_order_on_the_next_connection() {
    add(1, 2, 3);
    assertThat(write()).containsExactly("1 to [0]", "2 to [0]", "3 to [0]");
    accept(2);
    assertThat(write()).isEmpty();
    outbox.disconnected();
    assertThat(write()).containsExactly("1 to [0]", "3 to [0]");
    accept(1, 3);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void no_more_is_under_way_than_the_window() {
    add(LongStream.rangeClosed(1, 100).toArray());
    assertThat(write()).hasSize(64);
    accept(1);
    assertThat(write()).containsExactly("65 to [0]");
  }

  @Test
  void what_waits_too_long_for_its_tick_goes_out_again_with_all_others() {
    add(1);
    write();
    nowNanos = Duration.ofSeconds(4).toNanos();
    add(2);
    write();
    assertThat(outbox.isOverdue(nowNanos)).isFalse();
    nowNanos = Duration.ofSeconds(6).toNanos();
    assertThat(outbox.isOverdue(nowNanos)).isTrue();
    assertThat(write()).containsExactly("1 to [0]", "2 to [0]");
  }

  @Test
  void what_is_refused_for_now_goes_out_again_before_what_is_later() {
    add(1, 2, 3);
    write();
    outbox.refusedForNow(2);
    outbox.refusedForNow(3);
    assertThat(write()).containsExactly("2 to [0]", "3 to [0]");
  }

  @Test
  void what_is_refused_for_ever_is_given_up() {
    add(1);
    write();
    outbox.refusedForEver(1);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void a_repair_waits_until_each_sending_of_its_message_is_answered() {
    add(1);
    write();
    outbox.add(1, to(1));
    nowNanos = Duration.ofSeconds(6).toNanos();
    assertThat(outbox.isOverdue(nowNanos)).isTrue();
    assertThat(write()).containsExactly("1 to [0]");
    accept(1);
    assertThat(write()).isEmpty();
    accept(1);
    assertThat(write()).containsExactly("1 to [1]");
    accept(1);
    assertThat(outbox.isEmpty()).isTrue();
  }

  private void add(long... counters) {
    LongStream.of(counters).forEach(counter -> outbox.add(counter, to(0)));
  }

  private void accept(long... counters) {
    LongStream.of(counters).forEach(counter -> assertThat(outbox.accepted(counter)).isPresent());
  }

  private List<String> write() {
    written.clear();
    outbox.write(
        (counter, part) -> written.add(counter + " to " + ((ToAccount) part).to().numbers()),
        nowNanos);
    return written;
  }

  private static ToAccount to(int device) {
    return new ToAccount(BOB, new Known(1, Set.of(device)), NOBODY);
  }
}
