package io.bluetick.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CacheTrainingTest {

  private static final int FILES = 2_000;

  @TempDir Path folder;

  private Home scratch;

  @BeforeEach
  void nameTheScratchFolder() {
    scratch = new Home(folder.resolve("training"), folder.resolve("cache"));
  }

  @Test
  void closing_waits_for_a_part_that_still_writes_and_leaves_nothing_behind() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CacheTraining training = new CacheTraining(scratch);
    try (ExecutorService trainer = Executors.newVirtualThreadPerTaskExecutor()) {
      Part part = new WritingPart(scratch.folder(), writing);
      Future<Integer> recorded = trainer.submit(() -> training.train(List.of(part, part)));
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();

      training.close();

      assertThat(recorded.get(20, TimeUnit.SECONDS)).isZero();
      assertThat(scratch.folder()).doesNotExist();
    }
  }

  @Test
  void nothing_is_prepared_once_it_is_closed() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CacheTraining training = new CacheTraining(scratch);
    training.close();

    assertThat(training.train(List.of(new WritingPart(scratch.folder(), writing)))).isZero();

    assertThat(writing.getCount()).isOne();
    assertThat(scratch.folder()).doesNotExist();
  }

  /** Takes its time to write many files, and has no cache to record. */
  private record WritingPart(Path target, CountDownLatch writing) implements Part {

    @Override
    public String name() {
      return "writer";
    }

    @Override
    public String host() {
      return "127.0.0.1";
    }

    @Override
    public int port() {
      return 1;
    }

    @Override
    public Launch prepare() throws IOException {
      for (int i = 0; i < FILES; i++) {
        Path file = target.resolve("part" + i).resolve("file");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "written");
        writing.countDown();
      }
      return new Launch(List.of("true"), Map.of());
    }

    @Override
    public Health probe() {
      return Health.up();
    }
  }
}
