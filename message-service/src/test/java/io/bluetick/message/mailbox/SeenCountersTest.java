package io.bluetick.message.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeenCountersTest {
  private static final DeviceKey SENDER = new DeviceKey(new AccountId(0, 1), 0, 1);

  @Test
  void it_knows_what_a_set_knows_as_far_back_as_it_looks() {
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < 200; run++) {
      SeenCounters seen = new SeenCounters(2);
      Set<Long> all = new HashSet<>();
      long highest = 0;
      for (int i = 0; i < 300; i++) {
        long counter =
            Math.max(1, highest - 60 + random.nextInt(random.nextInt(40) == 0 ? 300 : 64));
        highest = Math.max(highest, counter);
        assertThat(seen.has(SENDER, counter)).isEqualTo(all.contains(counter));
        assertThat(seen.add(SENDER, counter)).isEqualTo(all.add(counter));
      }
    }
  }

  @Test
  void what_is_too_old_counts_as_new() {
    SeenCounters seen = new SeenCounters(2);
    seen.add(SENDER, 1);
    seen.add(SENDER, 65);
    assertThat(seen.add(SENDER, 1)).isTrue();
  }

  @Test
  void it_remembers_so_many_senders_the_latest() {
    SeenCounters seen = new SeenCounters(2);
    for (int sender = 1; sender <= 3; sender++) {
      seen.add(new DeviceKey(new AccountId(0, sender), 0, 1), 1);
    }
    assertThat(seen.has(new DeviceKey(new AccountId(0, 1), 0, 1), 1)).isFalse();
    assertThat(seen.has(new DeviceKey(new AccountId(0, 3), 0, 1), 1)).isTrue();
  }
}
