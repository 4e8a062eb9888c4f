package io.bluetick.session.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * The keys that sign and check access tokens, as this instance knows them. A new one is announced
 * hours before it signs, and all instances look every minute, so each knows it when its time comes.
 * While PostgreSQL is away the known ones go on.
 */
class SigningKeys {
  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

  private final SigningKeyRows rows;
  private final Clock clock;
  private volatile Known known;

  /** The one that signs last comes first. */
  private record Known(List<SigningKey> keys, JWKSet published) {
    static Known of(List<SigningKey> keys) {
      return new Known(keys, new JWKSet(keys.stream().<JWK>map(SigningKey::published).toList()));
    }
  }

  /** Makes the first key if there is none. */
  SigningKeys(SigningKeyRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
    this.known = loaded();
  }

  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void renew() {
    try {
      known = loaded();
    } catch (DataAccessException | TransactionException away) {
      log.atWarn().setCause(away).log("signing_keys_not_renewed");
    }
  }

  private Known loaded() {
    Instant now = clock.instant();
    rows.rotate(now);
    return Known.of(rows.load(now));
  }

  /**
   * Of the very first, an instance whose clock is behind its maker's does not wait for its time.
   */
  SigningKey current() {
    Instant now = clock.instant();
    List<SigningKey> keys = known.keys();
    return keys.stream()
        .filter(key -> !key.activeFrom().isAfter(now))
        .findFirst()
        .orElseGet(keys::getLast);
  }

  JWKSet published() {
    return known.published();
  }
}
