package io.bluetick.client.delivery;

import io.bluetick.client.delivery.KeyServer.Answer;
import io.bluetick.client.delivery.KeyServer.Given;
import io.bluetick.client.delivery.KeyServer.Keys;
import io.bluetick.client.delivery.KeyServer.Later;
import io.bluetick.client.delivery.KeyServer.Refused;
import io.bluetick.client.delivery.KeyServer.Stock;
import io.bluetick.client.signal.Learned;
import io.bluetick.client.signal.Peer;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.signal.Trust;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Fetches keys, one question for each account at a time, away from the loop: nobody waits for the
 * network. What comes is taken in on the loop.
 */
final class KeyDesk {
  /** After an answer that does not hold, or a call that failed in a way that nobody foresaw. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** Below so many of a kind more are made. */
  private static final int LOW = 20;

  /** Before an upload that failed is repeated, at first; it doubles so often, to four minutes. */
  private static final Duration UPLOAD_PAUSE = Duration.ofSeconds(1);

  private static final int DOUBLINGS = 8;

  private final Tables tables;
  private final KeyServer server;
  private final Loop loop;
  private final Answers answers;

  /** What is asked of which account. */
  private final Map<AccountId, Question> asked = new HashMap<>();

  /** Whose list is asked for once more, because something else was asked when it was wanted. */
  private final Set<AccountId> wanted = new HashSet<>();

  private boolean isStocking;

  /** What can be asked of an account. */
  private sealed interface Question {}

  /** Who its devices are. */
  private record Who() implements Question {}

  /** The same, and keys of some devices; of all if none. */
  private record KeysOf(Set<Integer> devices) implements Question {}

  /** Hears what became of a question, on the loop. */
  interface Answers {

    /**
     * The list is the newest.
     *
     * @param isNews whether it is another than before
     */
    void listKnown(AccountId account, boolean isNews, Turn turn);

    void listRefused(AccountId account, Turn turn);

    /** There are sessions now with all that were asked for but these, which have no keys. */
    void keysKnown(AccountId account, Set<Integer> without, Turn turn);

    void keysRefused(AccountId account, String code, Turn turn);
  }

  KeyDesk(Tables tables, KeyServer server, Loop loop, Answers answers) {
    this.tables = tables;
    this.server = server;
    this.loop = loop;
    this.answers = answers;
  }

  boolean isAsked(AccountId account) {
    return asked.containsKey(account);
  }

  /** Asks who the devices of an account are. */
  void askWho(AccountId account, Turn turn) {
    if (!ask(account, new Who(), turn)) {
      wanted.add(account);
    }
  }

  /** Asks for keys of some of its devices; of all if none. */
  void askKeys(AccountId account, Set<Integer> devices, Turn turn) {
    ask(account, new KeysOf(devices), turn);
  }

  private boolean ask(AccountId account, Question question, Turn turn) {
    if (asked.putIfAbsent(account, question) != null) {
      return false;
    }
    turn.undo(() -> asked.remove(account));
    turn.after(() -> fetch(account, question));
    return true;
  }

  /** It stays asked for a while, so that nobody asks again at once. */
  private void rest(AccountId account, Question question) {
    loop.later(REST, turn -> fetch(account, question));
  }

  private void fetch(AccountId account, Question question) {
    away(
        () ->
            switch (question) {
              case Who() -> server.list(account);
              case KeysOf(var devices) -> server.bundles(account, devices);
            },
        (answer, turn) -> taken(account, question, answer, turn));
  }

  private void taken(AccountId account, Question question, Answer<Keys> answer, Turn turn) {
    switch (answer) {
      case Later<Keys>(var after) -> loop.later(after, _ -> fetch(account, question));
      case Refused<Keys>(var code) -> {
        done(account, question, turn);
        switch (question) {
          case Who() -> answers.listRefused(account, turn);
          case KeysOf(var _) -> answers.keysRefused(account, code, turn);
        }
      }
      case Given<Keys>(var keys) -> given(account, question, keys, turn);
    }
  }

  private void done(AccountId account, Question question, Turn turn) {
    asked.remove(account);
    turn.undo(() -> asked.put(account, question));
  }

  private void given(AccountId account, Question question, Keys keys, Turn turn) {
    Optional<Peer> before = tables.peers().find(account);
    switch (learn(account, keys)) {
      case Learned.Forged() -> {
        turn.tell(new ClientEvent.Forgery(account));
        rest(account, question);
      }
      // It may come from a copy of the server's that lags behind.
      case Learned.Older(var _) -> rest(account, question);
      case Learned.Known(var peer, var identity) -> {
        done(account, question, turn);
        if (identity == Learned.Identity.CHANGED) {
          tables.outbox().forgetDelivered(account);
          tables.groups().ticks().keyChanged(account, tables.nowMs());
          turn.tell(new ClientEvent.IdentityChanged(account, peer.trust() == Trust.HELD));
        }
        answers.listKnown(account, !before.equals(Optional.of(peer)), turn);
        if (question instanceof KeysOf(var devices)) {
          answers.keysKnown(account, begin(peer, devices, keys), turn);
        }
        if (wanted.remove(account)) {
          askWho(account, turn);
        }
      }
    }
  }

  private Learned learn(AccountId account, Keys keys) {
    return account.equals(tables.account())
        ? tables
            .peers()
            .learnOwn(tables.own().address(), tables.keys(), keys.routeVersion(), keys.list())
        : tables.peers().learn(account, keys.routeVersion(), keys.list());
  }

  /** Begins sessions, and returns with which of the devices that did not work. */
  private Set<Integer> begin(Peer peer, Set<Integer> devices, Keys keys) {
    Set<Integer> without = new TreeSet<>();
    peer.devices().stream()
        .filter(device -> devices.isEmpty() || devices.contains(device.device()))
        .filter(device -> !tables.ratchets().isOpen(device))
        .forEach(device -> without.add(device.device()));
    keys.bundles().stream()
        .filter(bundle -> without.contains(bundle.device().device()))
        .filter(bundle -> tables.ratchets().begin(bundle))
        .forEach(bundle -> without.remove(bundle.device().device()));
    return without;
  }

  // ---- Own keys --------------------------------------------------------------------------------

  /** Makes and uploads more one-time keys if few are left. */
  void stock(Turn turn) {
    if (!isStocking) {
      isStocking = true;
      turn.undo(() -> isStocking = false);
      turn.after(() -> away(server::stock, this::counted));
    }
  }

  private void counted(Answer<Stock> answer, Turn turn) {
    switch (answer) {
      case Given<Stock>(var stock) when isLow(stock) -> {
        PreKeys.Fresh lost = tables.preKeys().unconfirmed();
        boolean isLost = !lost.curve().isEmpty() || !lost.kyber().isEmpty();
        PreKeys.Fresh keys =
            isLost ? lost : tables.preKeys().fresh(missing(stock.curve()), missing(stock.kyber()));
        turn.after(() -> upload(new Upload(keys, isLost, 0)));
      }
      case Later<Stock>(var after) -> loop.later(after, _ -> away(server::stock, this::counted));
      case Given<Stock> _, Refused<Stock> _ -> stocked(turn);
    }
  }

  private static boolean isLow(Stock stock) {
    return Math.min(stock.curve(), stock.kyber()) < LOW;
  }

  /**
   * Keys on their way to the server.
   *
   * @param isOld whether they were made for an upload that was lost with an earlier process
   * @param failures so far
   */
  private record Upload(PreKeys.Fresh keys, boolean isOld, int failures) {

    /** The same keys: whether the first upload was lost or its answer, doing it twice is one. */
    Upload again() {
      return new Upload(keys, isOld, Math.min(failures + 1, DOUBLINGS));
    }
  }

  private void upload(Upload upload) {
    away(() -> server.upload(upload.keys()), (answer, turn) -> uploaded(upload, answer, turn));
  }

  private void uploaded(Upload upload, Answer<Stock> answer, Turn turn) {
    switch (answer) {
      case Later<Stock>(var after) -> {
        Duration least = UPLOAD_PAUSE.multipliedBy(1L << upload.failures());
        loop.later(after.compareTo(least) > 0 ? after : least, _ -> upload(upload.again()));
      }
      case Refused<Stock>(var code) -> {
        // The next ones may be taken.
        tables.preKeys().confirmed(upload.keys());
        stocked(turn);
        turn.tell(new ClientEvent.Trouble("new pre-keys were refused: " + code));
      }
      case Given<Stock>(var stock) -> {
        tables.preKeys().confirmed(upload.keys());
        stocked(turn);
        if (upload.isOld() && isLow(stock)) {
          // Most of them had been there, and are used up.
          stock(turn);
        }
      }
    }
  }

  private void stocked(Turn turn) {
    isStocking = false;
    turn.undo(() -> isStocking = true);
  }

  private static int missing(int present) {
    return Math.clamp(PreKeys.STOCK - (long) present, 0, PreKeys.STOCK);
  }

  /** Takes in an answer. */
  private interface Taker<T> {
    void take(Answer<T> answer, Turn turn);
  }

  private <T> void away(Supplier<Answer<T>> question, Taker<T> taker) {
    Thread.ofVirtual()
        .name("bluetick-keys")
        .start(() -> {
          Answer<T> answer = answer(question);
          loop.post(turn -> taker.take(answer, turn));
        });
  }

  /** Whatever goes wrong is asked again: a question without an answer would be asked for ever. */
  private static <T> Answer<T> answer(Supplier<Answer<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return new Later<>(REST);
    }
  }
}
