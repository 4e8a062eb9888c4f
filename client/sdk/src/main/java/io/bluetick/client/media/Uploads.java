package io.bluetick.client.media;

import io.bluetick.client.chat.History;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.media.MediaTable.Left;
import io.bluetick.client.media.MediaTable.Waiting;
import io.bluetick.client.store.SealedFile.Made;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Brings files to the server, one after the other, on a thread of its own; then their messages are
 * sent. Whatever is not done yet is in the store, and done after the next start.
 */
final class Uploads implements AutoCloseable {
  /** Looked at in one round. */
  private static final int AT_ONCE = 64;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Engine engine;
  private final Blobs blobs;
  private final Shelf shelf;
  private final Semaphore work = new Semaphore(1);
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile List<Path> left = List.of();
  private Duration pause = FIRST_PAUSE;

  Uploads(Engine engine, Blobs blobs, Shelf shelf) {
    this.engine = engine;
    this.blobs = blobs;
    this.shelf = shelf;
    this.thread = Thread.ofVirtual().name("bluetick-uploads").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param drafts that an earlier process left; those that nobody waits for are removed
   */
  void start(List<Path> drafts) {
    left = drafts;
    thread.start();
  }

  /** There is more to do, or it may succeed now. */
  void wake() {
    work.release();
  }

  private void run() {
    try {
      while (!isClosed) {
        Duration wait = safeRound();
        if (work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          work.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      // What waits is in the store.
    }
  }

  /** A store that fails, or a defect, must not end what others wait for. */
  private Duration safeRound() throws InterruptedException {
    try {
      sweep();
      return round();
    } catch (RuntimeException e) {
      pause = longer(pause);
      return pause;
    }
  }

  private void sweep() {
    if (!left.isEmpty()) {
      Set<Path> wanted =
          engine.with(store -> new MediaTable(store).waiting(Integer.MAX_VALUE)).join().stream()
              .map(waiting -> shelf.draft(waiting.draft()))
              .collect(Collectors.toSet());
      left.stream().filter(file -> !wanted.contains(file)).forEach(file -> file.toFile().delete());
      left = List.of();
    }
  }

  /** Answers how long to wait if nobody wakes. One that cannot be sent holds up no other. */
  private Duration round() throws InterruptedException {
    tidy();
    List<Waiting> waiting = engine.with(store -> new MediaTable(store).waiting(AT_ONCE)).join();
    Duration wait = LONGEST_PAUSE;
    boolean isLate = false;
    for (Waiting each : waiting) {
      switch (upload(each)) {
        case Blobs.Put.Done(var blob) -> uploaded(each, blob);
        case Blobs.Put.Refused(var code) -> refused(each, code);
        case Blobs.Put.Later(var after) -> {
          isLate = true;
          wait = after.compareTo(wait) < 0 ? after : wait;
        }
      }
    }
    pause = isLate ? longer(pause) : FIRST_PAUSE;
    return isLate || waiting.size() < AT_ONCE ? wait : Duration.ZERO;
  }

  /** The files of what disappeared, or was deleted, go too. */
  private void tidy() {
    for (Left left : engine.with(store -> new MediaTable(store).left(AT_ONCE)).join()) {
      left.path().ifPresent(path -> shelf.absolute(path).toFile().delete());
      engine
          .with(store -> {
            new MediaTable(store).removed(left);
            return true;
          })
          .join();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private Blobs.Put upload(Waiting waiting) throws InterruptedException {
    Path draft = shelf.draft(waiting.draft());
    Optional<Made> made =
        engine
            .with(store ->
                new History(store)
                    .find(waiting.message())
                    .filter(message -> message.content().hasAttachment())
                    .map(message -> message.content().getAttachment().getDigest()))
            .join()
            .filter(_ -> Files.exists(draft))
            .map(digest -> new Made(0, draft.toFile().length(), digest));
    return made.isEmpty() ? new Blobs.Put.Refused("gone") : blobs.put(draft, made.get(), pause);
  }

  private void uploaded(Waiting waiting, String blob) {
    engine
        .held()
        .release(
            waiting.message(),
            content -> named(content, blob),
            store -> new MediaTable(store).done(waiting.message()))
        .join();
    shelf.draft(waiting.draft()).toFile().delete();
  }

  private static Content named(Content content, String blob) {
    Attachment attachment = content.getAttachment().toBuilder().setBlob(blob).build();
    return content.toBuilder().setAttachment(attachment).build();
  }

  private void refused(Waiting waiting, String code) {
    engine
        .held()
        .giveUp(waiting.message(), code, store -> new MediaTable(store).done(waiting.message()))
        .join();
    shelf.draft(waiting.draft()).toFile().delete();
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
