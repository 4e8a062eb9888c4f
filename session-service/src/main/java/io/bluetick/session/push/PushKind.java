package io.bluetick.session.push;

import java.util.Locale;

/** By what way a push leaves. The first three are of tokens that devices register. */
public enum PushKind {
  /** Firebase Cloud Messaging. */
  FCM,
  /** Apple's push notification service. */
  APNS,
  /** Web Push (RFC 8030), of browsers. */
  WEB,
  /** A gateway of the operator's own, which knows devices by their addresses. */
  WEBHOOK,
  /** Nowhere but a line in the log. */
  LOG;

  /** As the tables, the metrics and the interface call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
