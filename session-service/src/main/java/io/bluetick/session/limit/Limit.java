package io.bluetick.session.limit;

import io.bluetick.platform.limit.Times;
import java.time.Duration;
import java.util.Locale;

/**
 * Every limit of this service on how often something may be asked, with its default. What is
 * counted by is said for each; a deployment changes one by {@code bluetick.limits.rates.NAME.burst}
 * and {@code .per}.
 */
public enum Limit {
  /** Verification sessions begun, by phone number. */
  VERIFICATIONS(5, Duration.ofHours(1)),
  /** Registrations tried with a verified number, by phone number. */
  REGISTRATIONS(10, Duration.ofHours(1)),
  /** Changes of the number, by account. */
  NUMBER_CHANGES(5, Duration.ofHours(24)),
  /** Changes of the registration PIN, by account. */
  PIN_CHANGES(10, Duration.ofHours(1)),
  /** Bundles of pre-keys asked for, by asking device. */
  BUNDLES(120, Duration.ofMinutes(1)),
  /** Bundles of one account asked for by one device: each takes one-time keys away. */
  BUNDLES_OF_TARGET(10, Duration.ofHours(1)),
  /** Lists of others' devices looked at, by asking device. */
  LISTS(240, Duration.ofMinutes(1)),
  /** Pre-keys uploaded, by device. */
  KEY_UPLOADS(30, Duration.ofMinutes(10)),
  /** Changes of the device list, by account. */
  DEVICE_CHANGES(30, Duration.ofHours(1)),
  /** Provisioning addresses looked at or answered, by account. */
  LINKINGS(30, Duration.ofHours(1)),
  /** Refreshed tokens, by family. */
  REFRESHES(30, Duration.ofMinutes(10)),
  /** Proofs of identity by which a device gets new tokens, by device. */
  RECOVERIES(10, Duration.ofHours(1)),
  /** Push tokens set, by device. */
  PUSH_TOKENS(20, Duration.ofHours(1)),
  /** TURN credentials, by account. */
  TURN(30, Duration.ofMinutes(10)),
  /** Logins to the admin interface, by name. */
  ADMIN_LOGINS(10, Duration.ofMinutes(10)),
  /** Logins to the admin interface, in all: each costs an Argon2. */
  ADMIN_LOGINS_IN_ALL(60, Duration.ofMinutes(1));

  private final int burst;
  private final Duration per;

  Limit(int burst, Duration per) {
    this.burst = burst;
    this.per = per;
  }

  Times times() {
    return new Times(burst, per);
  }

  String bucket(String subject) {
    return "session." + name().toLowerCase(Locale.ROOT) + "." + subject;
  }
}
