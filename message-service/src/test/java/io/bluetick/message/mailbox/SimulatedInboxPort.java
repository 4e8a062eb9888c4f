package io.bluetick.message.mailbox;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.inbox.Waiting;
import io.bluetick.protocol.AccountId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The simulation's inbox as the real one is called. */
public final class SimulatedInboxPort implements Inbox {
  private final SimulatedInbox inbox = new SimulatedInbox();

  @Override
  public CompletionStage<Void> save(List<Effect.Rows> rows, long nowMs) {
    rows.forEach(inbox::write);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Outcome.Page> read(Effect.Read read, long nowMs) {
    return CompletableFuture.completedFuture(inbox.read(read, nowMs));
  }

  @Override
  public CompletionStage<Outcome.Measured> measure(Effect.Measure measure) {
    return CompletableFuture.completedFuture(inbox.measure(measure));
  }

  @Override
  public CompletionStage<Void> delete(List<Effect.Forget> forgotten, long nowMs) {
    forgotten.forEach(inbox::delete);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<Waiting>> waiting(AccountId account) {
    return CompletableFuture.completedFuture(
        inbox.devices(account).stream()
            .map(device -> {
              List<Stanza> rows = inbox.rows(device);
              long oldestMs = rows.stream().mapToLong(Stanza::timeMs).min().orElseThrow();
              return new Waiting(device, rows.size(), oldestMs);
            })
            .toList());
  }
}
