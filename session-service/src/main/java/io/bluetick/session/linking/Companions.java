package io.bluetick.session.linking;

import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.token.RefreshTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The companion's part: it makes an offer, and waits until a primary has taken it. */
@Service
class Companions {
  private final Offers offers;
  private final Waiters waiters;
  private final Accounts accounts;
  private final RefreshTokens tokens;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final LinkingSettings settings;
  private final SecureRandom random = new SecureRandom();

  Companions(
      Offers offers,
      Waiters waiters,
      Accounts accounts,
      RefreshTokens tokens,
      TransactionTemplate transaction,
      Clock clock,
      LinkingSettings settings) {
    this.offers = offers;
    this.waiters = waiters;
    this.accounts = accounts;
    this.tokens = tokens;
    this.transaction = transaction;
    this.clock = clock;
    this.settings = settings;
  }

  /** An offer that stands. */
  record Made(OfferAddress address, OfferSecret secret, Instant expiresAt) {}

  /** What a linked companion goes on with. */
  record Collected(Answer answer, String refreshToken) {
    @Override
    public String toString() {
      return "Collected[" + answer.account() + "]";
    }
  }

  Made offer(OfferJson offer) {
    offer.verify();
    OfferAddress address = OfferAddress.random(random);
    OfferSecret secret = OfferSecret.random(random);
    Instant expiresAt = clock.instant().plus(settings.lifetime());
    offers.create(address, secret, offer);
    return new Made(address, secret, expiresAt);
  }

  /**
   * Empty if no primary has answered within this time. Who asks again after an answer gets a new
   * token, and the former counts no more.
   */
  Optional<Collected> collect(OfferAddress address, OfferSecret secret, Duration wait) {
    Optional<Answer> answer = offers.answer(address, secret);
    if (answer.isEmpty() && wait.isPositive()) {
      answer = await(address, secret, wait);
    }
    return answer.map(found -> new Collected(found, firstToken(found)));
  }

  private Optional<Answer> await(OfferAddress address, OfferSecret secret, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try (Waiters.Waiter waiter = waiters.enter(address.name())) {
      while (true) {
        // After entering, so that what is published from here on is a notice to this waiter.
        Optional<Answer> answer = offers.answer(address, secret);
        long leftNanos = end - System.nanoTime();
        if (answer.isPresent() || leftNanos <= 0 || waiter.isOver()) {
          return answer;
        }
        waiter.await(Math.min(leftNanos, settings.recheck().toNanos()));
      }
    }
  }

  private String firstToken(Answer answer) {
    return transaction.execute(_ -> {
      if (accounts.find(answer.account()).filter(account -> has(account, answer)).isEmpty()) {
        throw Offers.expired(); // Unlinked before it knew.
      }
      return tokens.issue(answer.account(), answer.device(), answer.registration());
    });
  }

  private static boolean has(AccountView account, Answer answer) {
    return account.devices().stream()
        .anyMatch(device ->
            device.number() == answer.device() && device.registration() == answer.registration());
  }
}
