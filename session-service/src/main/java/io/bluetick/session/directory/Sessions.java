package io.bluetick.session.directory;

import io.bluetick.directory.DirectoryBatch;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.directory.Opening;
import io.bluetick.directory.Place;
import io.bluetick.directory.Restoring;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import io.bluetick.session.directory.KnownAccount.Registered;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/**
 * Obeys what gateways ask for, all of a call in one round trip to Redis, and in a second one what
 * was asked for by a list that Redis knows to be old.
 */
@Component
class Sessions {
  private final KnownAccounts accounts;
  private final DirectoryWriter directory;
  private final LastSeen lastSeen;
  private final SessionMetrics metrics;
  private final Clock clock;

  Sessions(
      KnownAccounts accounts,
      DirectoryWriter directory,
      LastSeen lastSeen,
      SessionMetrics metrics,
      Clock clock) {
    this.accounts = accounts;
    this.directory = directory;
    this.lastSeen = lastSeen;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A request and where its answer goes. */
  private record Asked(int at, SessionRequest request) {
    boolean concernsTheList() {
      return request.hasOpen() || request.hasRestore();
    }
  }

  /** As many answers as requests, in their order. */
  SessionAnswers obey(SessionRequests requests) {
    metrics.called(requests.getRequestsCount());
    List<Asked> all = new ArrayList<>();
    Set<AccountId> named = new HashSet<>();
    for (SessionRequest request : requests.getRequestsList()) {
      Asked asked = new Asked(all.size(), request);
      all.add(asked);
      if (asked.concernsTheList() && isWellFormed(request)) {
        named.add(AccountId.of(request.getAccount()));
      }
    }
    SessionAnswer[] answers = new SessionAnswer[all.size()];
    String node = requests.getNode();
    KnownAccounts.Found found = accounts.get(named);
    List<Asked> stale =
        ask(new Round(node, found.accounts(), found.remembered(), directory.batch()), all, answers);
    if (!stale.isEmpty()) {
      Set<AccountId> changed = new HashSet<>();
      stale.forEach(asked -> changed.add(AccountId.of(asked.request().getAccount())));
      Round second = new Round(node, accounts.reload(changed), Set.of(), directory.batch());
      for (Asked asked : ask(second, stale, answers)) {
        answers[asked.at()] = Answers.refused(ErrorCode.UNAVAILABLE); // It changes just now.
      }
    }
    for (Asked asked : all) {
      if (asked.request().hasOpen()) {
        metrics.opened(answers[asked.at()]);
      }
    }
    return SessionAnswers.newBuilder().addAllAnswers(List.of(answers)).build();
  }

  /**
   * What is asked together.
   *
   * @param known accounts; those that could not be read are missing
   * @param remembered of them: a device may have come since, so nobody is refused by what they say
   */
  private record Round(
      String node,
      Map<AccountId, KnownAccount> known,
      Set<AccountId> remembered,
      DirectoryBatch batch) {

    CompletionStage<SessionAnswer> refused(AccountId account, ErrorCode code) {
      return answered(remembered.contains(account) ? Answers.STALE : Answers.refused(code));
    }
  }

  /** Returns those whose list was stale. */
  private List<Asked> ask(Round round, List<Asked> asked, SessionAnswer[] answers) {
    List<CompletableFuture<SessionAnswer>> coming = new ArrayList<>();
    for (Asked one : asked) {
      coming.add(begin(round, one.request()).toCompletableFuture());
    }
    round.batch().send();
    List<Asked> stale = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      SessionAnswer answer =
          coming.get(i).exceptionally(_ -> Answers.refused(ErrorCode.UNAVAILABLE)).join();
      answers[asked.get(i).at()] = answer;
      if (Answers.isStale(answer)) {
        stale.add(asked.get(i));
      }
    }
    return stale;
  }

  private CompletionStage<SessionAnswer> begin(Round round, SessionRequest request) {
    if (!isWellFormed(request)) {
      return answered(Answers.refused(ErrorCode.BAD_REQUEST));
    }
    AccountId account = AccountId.of(request.getAccount());
    DeviceAddress device = new DeviceAddress(account, request.getDevice());
    DirectoryBatch batch = round.batch();
    return switch (request.getRequestCase()) {
      case OPEN -> open(round, request, device);
      case RESTORE -> restore(round, request, device);
      case CLOSE -> batch.close(device, request.getClose().getEpoch()).thenApply(_ -> Answers.DONE);
      case ABANDON ->
          batch.abandon(device, request.getAbandon().getEpoch()).thenApply(_ -> Answers.DONE);
      case REQUEST_NOT_SET -> answered(Answers.refused(ErrorCode.BAD_REQUEST));
    };
  }

  private static boolean isWellFormed(SessionRequest request) {
    return request.getAccount().size() == AccountId.BYTES
        && request.getDevice() >= 0
        && request.getDevice() <= DeviceAddress.MAX_DEVICE;
  }

  private CompletionStage<SessionAnswer> open(
      Round round, SessionRequest request, DeviceAddress device) {
    KnownAccount account = round.known().get(device.account());
    if (account == null) {
      return answered(Answers.refused(ErrorCode.UNAVAILABLE));
    }
    Optional<ErrorCode> refusal =
        account.refusal(device.device(), request.getOpen().getStaticKey());
    if (refusal.isPresent()) {
      return round.refused(device.account(), refusal.get());
    }
    Registered present = account.device(device.device());
    DirectoryBatch.Open open =
        new DirectoryBatch.Open(
            device,
            present.registration(),
            new Place(round.node(), request.getConnection()),
            request.getOpen().getAttempt(),
            clock.millis(),
            account.list());
    return round.batch().open(open).thenApply(opening -> answer(opening, device, present));
  }

  private SessionAnswer answer(Opening opening, DeviceAddress device, Registered present) {
    return switch (opening) {
      case Opening.StaleList _ -> Answers.STALE;
      case Opening.Overtaken _ -> Answers.refused(ErrorCode.REPLACED);
      case Opening.Opened(long epoch, Optional<Place> displaced) -> {
        lastSeen.seen(device, present.lastSeen());
        SessionOpened.Builder opened =
            SessionOpened.newBuilder().setEpoch(epoch).setRegistration(present.registration());
        displaced.ifPresent(place ->
            opened.setDisplacedNode(place.node()).setDisplacedConnection(place.connection()));
        yield SessionAnswer.newBuilder().setOpened(opened).build();
      }
    };
  }

  /** A device that stays connected for weeks is seen by this alone. */
  private CompletionStage<SessionAnswer> restore(
      Round round, SessionRequest request, DeviceAddress device) {
    KnownAccount account = round.known().get(device.account());
    if (account == null) {
      return answered(Answers.refused(ErrorCode.UNAVAILABLE));
    }
    Optional<ErrorCode> refusal = account.refusal(device.device());
    if (refusal.isPresent()) {
      return round.refused(device.account(), refusal.get());
    }
    Registered present = account.device(device.device());
    long epoch = request.getRestore().getEpoch();
    if (epoch < present.createdMs()) {
      // Opened by an earlier registration at this number.
      return round.refused(device.account(), ErrorCode.REPLACED);
    }
    Place place = new Place(round.node(), request.getConnection());
    return round
        .batch()
        .restore(device, present.registration(), place, epoch, account.list())
        .thenApply(restored -> {
          if (restored == Restoring.PRESENT) {
            lastSeen.seen(device, present.lastSeen());
          }
          return answer(restored);
        });
  }

  private static SessionAnswer answer(Restoring restored) {
    return switch (restored) {
      case PRESENT -> Answers.DONE;
      case GONE -> Answers.refused(ErrorCode.REPLACED);
      case STALE_LIST -> Answers.STALE;
    };
  }

  private static CompletionStage<SessionAnswer> answered(SessionAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
