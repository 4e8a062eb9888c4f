package io.bluetick.session.directory;

import io.bluetick.directory.DirectoryBatch;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.directory.LiveRoute;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Ended;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Target;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.AccountRestored;
import io.bluetick.session.account.AccountSuspended;
import io.bluetick.session.account.DeviceListChanged;
import io.bluetick.session.account.SessionsEnded;
import io.bluetick.session.outbox.Outbox;
import io.bluetick.session.outbox.Records;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Brings what changed of an account to where its sessions are kept. Each may be done twice, and in
 * any order: what is written is what PostgreSQL has by then.
 */
@Component
class DirectoryOutbox {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final KnownAccounts accounts;
  private final DirectoryWriter directory;
  private final DeviceChannel channel;
  private final Records records;

  DirectoryOutbox(
      KnownAccounts accounts, DirectoryWriter directory, DeviceChannel channel, Records records) {
    this.accounts = accounts;
    this.directory = directory;
    this.channel = channel;
    this.records = records;
  }

  @Outbox
  void heard(DeviceListChanged changed) {
    refresh(changed.account());
  }

  @Outbox
  void heard(AccountDeleted deleted) {
    refresh(deleted.account());
  }

  @Outbox
  void heard(AccountSuspended suspended) {
    refresh(suspended.account());
  }

  @Outbox
  void heard(AccountRestored restored) {
    refresh(restored.account());
  }

  /**
   * From the refresh on none of these devices opens anew, so what is connected then is all. Routes
   * are taken away only after their gateways were told: who dies in between tells them again.
   */
  @Outbox
  void heard(SessionsEnded ended) {
    refresh(ended.account());
    Set<LiveRoute> told = new HashSet<>();
    tell(ended, routes(ended), told);
    List<LiveRoute> removed =
        done(batch -> batch.end(ended.account(), ended.devices(), ended.upToRegistration()));
    tell(ended, removed, told);
  }

  private List<LiveRoute> routes(SessionsEnded ended) {
    return done(batch -> batch.routes(ended.account(), ended.devices(), ended.upToRegistration()));
  }

  private void refresh(AccountId account) {
    KnownAccount known = accounts.load(List.of(account)).getOrDefault(account, KnownAccount.NONE);
    done(batch ->
        (known.exists() ? batch.putList(account, known.list()) : batch.remove(account))
            .thenApply(_ -> account));
    channel.tell(account);
  }

  /** A gateway that is dead has no sessions, and perhaps no topic any more. */
  private void tell(SessionsEnded ended, List<LiveRoute> routes, Set<LiveRoute> told) {
    Set<String> nodes = new HashSet<>();
    routes.forEach(route -> nodes.add(route.place().node()));
    Set<String> living = answer(directory.living(nodes));
    for (LiveRoute route : routes) {
      if (living.contains(route.place().node()) && told.add(route)) {
        Delivery delivery =
            Delivery.newBuilder()
                .addTargets(
                    Target.newBuilder()
                        .setConnection(route.place().connection())
                        .setEpoch(route.epoch()))
                .setEnded(Ended.newBuilder().setEpoch(route.epoch()).setCode(ended.code().slug()))
                .build();
        records.write(
            Topics.outbound(route.place().node()),
            OutboundBatch.newBuilder().addDeliveries(delivery).build());
      }
    }
  }

  private <T> T done(Function<DirectoryBatch, CompletionStage<T>> operation) {
    DirectoryBatch batch = directory.batch();
    CompletionStage<T> answer = operation.apply(batch);
    batch.send();
    return answer(answer);
  }

  private static <T> T answer(CompletionStage<T> answer) {
    try {
      return answer
          .toCompletableFuture()
          .orTimeout(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new BluetickException(ErrorCode.UNAVAILABLE, "The directory does not answer.", e);
    }
  }
}
