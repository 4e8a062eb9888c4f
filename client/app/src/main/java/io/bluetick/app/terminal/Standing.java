package io.bluetick.app.terminal;

import io.bluetick.app.output.Plain;
import io.bluetick.app.output.Spans;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.v1.TypingState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the status line says: the connection, and what the other one does. */
final class Standing {
  /** Typing is repeated every ten seconds; who stops to repeat it has stopped. */
  private static final Duration TYPING_LIMIT = Duration.ofSeconds(15);

  private static final DateTimeFormatter SEEN =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  private final String name;
  private final InstantSource clock;
  private final ZoneId zone;
  private String connection = "connecting …";
  private boolean isConnected;
  private String presence = "";
  private String doing = "";
  private Instant doingUntil = Instant.MIN;
  private int timerS;

  Standing(String name, InstantSource clock, ZoneId zone) {
    this.name = name;
    this.clock = clock;
    this.zone = zone;
  }

  void online() {
    isConnected = true;
  }

  void offline(ClientEvent.Offline offline) {
    isConnected = false;
    presence = "";
    connection = "not connected: " + Plain.line(offline.why(), 60);
  }

  void stopped(String why) {
    isConnected = false;
    presence = "";
    connection = "disconnected for good: " + Plain.line(why, 60);
  }

  void presence(ClientEvent.Presence told) {
    if (told.isOnline()) {
      presence = "online";
    } else {
      doing = "";
      presence =
          told.lastSeenMs() == 0
              ? ""
              : "last seen " + SEEN.format(Instant.ofEpochMilli(told.lastSeenMs()).atZone(zone));
    }
  }

  void typing(TypingState state) {
    doing =
        switch (state) {
          case TYPING -> "typing …";
          case RECORDING -> "recording …";
          case PAUSED, UNRECOGNIZED -> "";
        };
    doingUntil = clock.instant().plus(TYPING_LIMIT);
  }

  /** A message of the other one ends what they were typing. */
  void spoke() {
    doing = "";
  }

  void timer(int afterS) {
    timerS = afterS;
  }

  String text() {
    boolean isDoing = !doing.isEmpty() && clock.instant().isBefore(doingUntil);
    String what = isDoing ? doing : presence;
    return name
        + (isConnected ? (what.isEmpty() ? "" : " · " + what) : " · " + connection)
        + (timerS > 0 ? " · disappears after " + Spans.text(timerS) : "");
  }
}
