package io.bluetick.message.mailbox;

import java.time.Duration;

/**
 * How far mailboxes go.
 *
 * @param window stanzas on their way to a device that are not acknowledged
 * @param page rows that are read at once
 * @param senders whose counters a device's queue remembers
 * @param timeToLive of a stanza at most
 * @param callTimeToLive of what rings
 * @param companionRows that may wait for a device other than the primary
 * @param measureEvery so many rows are saved between two looks at how many wait
 * @param resend when an acknowledgement does not come for so long, the last stanza is sent again
 * @param look when none comes for so long, the directory is asked whether the device is there
 * @param wakeAgain a device that does not come is woken again by a new stanza after so long
 * @param suspicion for so long after a partition came, its former owner may still save rows
 * @param receipts counters in one receipt
 * @param membersPerFanOut of a group in one command
 */
public record Bounds(
    int window,
    int page,
    int senders,
    Duration timeToLive,
    Duration callTimeToLive,
    int companionRows,
    int measureEvery,
    Duration resend,
    Duration look,
    Duration wakeAgain,
    Duration suspicion,
    int receipts,
    int membersPerFanOut) {

  public static final Bounds DEFAULTS =
      new Bounds(
          256,
          256,
          64,
          Duration.ofDays(30),
          Duration.ofMinutes(1),
          50_000,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          256,
          1_024);

  public Bounds withSuspicion(Duration other) {
    return new Bounds(
        window,
        page,
        senders,
        timeToLive,
        callTimeToLive,
        companionRows,
        measureEvery,
        resend,
        look,
        wakeAgain,
        other,
        receipts,
        membersPerFanOut);
  }
}
