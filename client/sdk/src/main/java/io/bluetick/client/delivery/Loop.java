package io.bluetick.client.delivery;

import io.bluetick.client.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one thread that writes to the store. It takes what waits, does it in one transaction, and
 * then does what follows from it.
 *
 * <p>A task that fails is undone alone. If the transaction as a whole fails, as on a full disk,
 * nothing of it happened, and who began it is told.
 */
final class Loop implements AutoCloseable {
  /** Of what somebody asked for and was not taken yet: each has at most one content, of some KB. */
  static final int ASK_LIMIT = 4_096;

  /** Of one transaction: enough that a long backlog costs few of them. */
  static final int TURN_LIMIT = 128;

  /** After the store failed. */
  static final Duration STORE_PAUSE = Duration.ofSeconds(2);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Database database;
  private final Consumer<Turn> beforeCommit;
  private final Consumer<RuntimeException> onBrokenTurn;
  private final Consumer<ClientEvent> onEvent;
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(ASK_LIMIT);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bluetick-clock").factory());
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile boolean isEnded;

  /**
   * Does not start yet.
   *
   * @param beforeCommit what each turn ends with, within its transaction
   */
  Loop(
      Database database,
      Consumer<Turn> beforeCommit,
      Consumer<RuntimeException> onBrokenTurn,
      Consumer<ClientEvent> onEvent) {
    this.database = database;
    this.beforeCommit = beforeCommit;
    this.onBrokenTurn = onBrokenTurn;
    this.onEvent = onEvent;
    this.thread = Thread.ofPlatform().daemon().name("bluetick-client").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /**
   * Frames are bounded by what the connection is allowed to read, what somebody asks for by {@link
   * #ASK_LIMIT}; the rest is the client's own, a few at a time.
   */
  void post(Task task) {
    tasks.add(task);
    // The thread may have ended without seeing it.
    if (isEnded && tasks.remove(task)) {
      task.failed(closed());
    }
  }

  /** Something of the client's own. It is done again when its turn was undone. */
  void post(Consumer<Turn> work) {
    post(new OwnTask(work));
  }

  void later(Duration delay, Consumer<Turn> work) {
    try {
      var _ = clock.schedule(() -> post(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // Nobody waits for it any more.
    }
  }

  /** Something of the client's own. */
  private final class OwnTask implements Task {
    private final Consumer<Turn> work;

    OwnTask(Consumer<Turn> work) {
      this.work = work;
    }

    @Override
    public void run(Turn turn) {
      work.accept(turn);
    }

    @Override
    public void failed(RuntimeException cause) {
      if (!isClosed) {
        onEvent.accept(new ClientEvent.Trouble(String.valueOf(cause)));
      }
    }

    @Override
    public void undone(RuntimeException cause) {
      later(STORE_PAUSE, work);
    }
  }

  /**
   * Something whose answer somebody waits for; it comes on a thread that nobody else needs. Ends
   * with {@link TooBusyException} if too much waits already.
   */
  <R> CompletableFuture<R> ask(Function<Turn, R> work) {
    if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(new TooBusyException());
    }
    Question<R> question = new Question<>(work);
    post(question);
    return question.answer;
  }

  /** Something whose answer somebody waits for. It takes up room until its turn comes. */
  private final class Question<R> implements Task {
    private final Function<Turn, R> work;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private boolean isTaken;

    Question(Function<Turn, R> work) {
      this.work = work;
    }

    @Override
    public void run(Turn turn) {
      taken();
      R result = work.apply(turn);
      turn.after(() -> answer.completeAsync(() -> result));
    }

    @Override
    public void failed(RuntimeException cause) {
      taken();
      answer.completeExceptionally(cause);
    }

    /** Not always run before: the transaction may not even have begun. */
    private void taken() {
      if (!isTaken) {
        isTaken = true;
        room.release();
      }
    }
  }

  private void work() {
    List<Task> turn = new ArrayList<>(TURN_LIMIT);
    try {
      while (!isClosed || !tasks.isEmpty()) {
        Task first = tasks.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          turn.add(first);
          tasks.drainTo(turn, TURN_LIMIT - 1);
          take(turn);
          turn.clear();
        }
      }
    } catch (InterruptedException e) {
      // Closed in the midst of it.
    } finally {
      isEnded = true;
      List<Task> left = new ArrayList<>();
      tasks.drainTo(left);
      left.forEach(task -> task.failed(closed()));
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the client is closed");
  }

  private void take(List<Task> batch) {
    Turn turn = new Turn();
    Turn.Mark beginning = turn.mark();
    List<Runnable> failures = new ArrayList<>();
    try {
      database.transaction(() -> {
        batch.forEach(task -> take(task, turn, failures));
        beforeCommit.accept(turn);
      });
    } catch (RuntimeException e) {
      turn.back(beginning);
      onBrokenTurn.accept(e);
      batch.forEach(task -> task.undone(e));
      return;
    }
    failures.forEach(this::safely);
    turn.effects().forEach(this::safely);
    turn.events().forEach(onEvent);
  }

  /** A fault that dooms the transaction fails it all the same. */
  private void take(Task task, Turn turn, List<Runnable> failures) {
    Turn.Mark mark = turn.mark();
    try {
      database.savepoint(() -> task.run(turn));
    } catch (RuntimeException e) {
      turn.back(mark);
      failures.add(() -> task.failed(e));
    }
  }

  /** One effect that fails must not keep the others from happening. */
  private void safely(Runnable effect) {
    try {
      effect.run();
    } catch (RuntimeException e) {
      onEvent.accept(new ClientEvent.Trouble(String.valueOf(e)));
    }
  }

  /** What was posted before is still done. */
  @Override
  public void close() {
    isClosed = true;
    clock.shutdownNow();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_LIMIT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
