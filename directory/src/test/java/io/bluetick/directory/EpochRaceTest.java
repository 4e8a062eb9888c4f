package io.bluetick.directory;

import static io.bluetick.directory.RealDirectory.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.directory.DirectoryBatch.Open;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random histories of one device against the plainest model of them. */
@Backends(Backend.REDIS)
class EpochRaceTest {
  private static final int HISTORIES = 60;
  private static final int STEPS = 60;
  private static final int MAX_ROUTES = 4;

  private final RealDirectory directory;

  EpochRaceTest(RunningBackends backends) {
    directory = new RealDirectory(backends);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  /** One device's sessions, the newest first. */
  private static final class Model {
    private long last;
    private final List<LiveRoute> routes = new ArrayList<>();

    Opening.Opened open(Place place, long nowMs) {
      Optional<Place> displaced = routes.stream().findFirst().map(LiveRoute::place);
      last = Math.max(nowMs, last + 1);
      routes.addFirst(new LiveRoute(0, last, place));
      if (routes.size() > MAX_ROUTES) {
        routes.removeLast();
      }
      return new Opening.Opened(last, displaced);
    }

    void close(long epoch) {
      int at = indexOf(epoch);
      if (at >= 0) {
        routes.subList(at, routes.size()).clear();
      }
      last = Math.max(last, epoch);
    }

    void abandon(long epoch) {
      routes.removeIf(route -> route.epoch() == epoch);
      last = Math.max(last, epoch);
    }

    Restoring restore(Place place, long epoch) {
      if (indexOf(epoch) >= 0) {
        return Restoring.PRESENT;
      }
      if (epoch <= last) {
        return Restoring.GONE;
      }
      routes.clear();
      routes.add(new LiveRoute(0, epoch, place));
      last = epoch;
      return Restoring.PRESENT;
    }

    private int indexOf(long epoch) {
      for (int i = 0; i < routes.size(); i++) {
        if (routes.get(i).epoch() == epoch) {
          return i;
        }
      }
      return -1;
    }
  }

  @Test
  void a_random_history_is_that_of_the_model() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      history(new Random(seed), "seed " + seed);
    }
  }

  private void history(Random random, String name) {
    DeviceAddress device = directory.device();
    Model model = new Model();
    long nowMs = 1_000;
    for (int step = 0; step < STEPS; step++) {
      nowMs += random.nextInt(3) - 1;
      Place place = new Place("g" + random.nextInt(3), random.nextLong());
      long epoch = model.last - random.nextInt(5) + 1;
      String what = name + " step " + step;
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          Open open = new Open(device, 1, place, 0, nowMs, list(1));
          assertThat(directory.opened(open)).as(what).isEqualTo(model.open(place, nowMs));
        }
        case 2 -> {
          model.close(epoch);
          directory.run(batch -> batch.close(device, epoch).thenApply(_ -> true));
        }
        case 3 -> {
          model.abandon(epoch);
          directory.run(batch -> batch.abandon(device, epoch).thenApply(_ -> true));
        }
        default -> {
          Restoring restored =
              directory.run(batch -> batch.restore(device, 1, place, epoch, list(1)));
          assertThat(restored).as(what).isEqualTo(model.restore(place, epoch));
        }
      }
      assertThat(directory.routes(device)).as(what).isEqualTo(model.routes);
    }
  }

  @Test
  void of_many_who_race_each_has_its_own_epoch_and_the_highest_is_the_route() throws Exception {
    DeviceAddress device = directory.device();
    Set<Long> epochs = new ConcurrentSkipListSet<>();
    List<Future<?>> racing = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int racer = 0; racer < 50; racer++) {
        Place place = new Place("g1", racer);
        racing.add(
            threads.submit(() -> {
              for (int i = 0; i < 10; i++) {
                long epoch = directory.opened(device, place).epoch();
                assertThat(epochs.add(epoch)).isTrue();
                directory.run(batch -> batch.close(device, epoch - 1).thenApply(_ -> true));
              }
            }));
      }
      for (Future<?> racer : racing) {
        racer.get();
      }
    }
    assertThat(epochs).hasSize(500).contains(1_000L, 1_499L);
    assertThat(directory.routes(device))
        .singleElement()
        .satisfies(route -> assertThat(route.epoch()).isEqualTo(1_499));
  }
}
