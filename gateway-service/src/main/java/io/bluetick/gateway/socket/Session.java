package io.bluetick.gateway.socket;

import io.bluetick.protocol.DeviceAddress;
import org.jspecify.annotations.Nullable;

/** What an open connection knows of its device. Belongs to the connection's event loop. */
final class Session {
  /** Not asked to resume, or what came since shows that it was heard. */
  private static final int NOT_ASKED = 0;

  private static final int ASK_AGAIN_AFTER_S = 5;

  final DeviceAddress device;

  /** Grows with each of the device's sessions. */
  final long epoch;

  /** Grows with each registration at this address. */
  final int registration;

  /** Frames that the device may still send; see {@link TokenBucket}. */
  long bucket;

  /** Sends that wait for their tick. */
  int unaccepted;

  /** Frames in a row that were over the limit. */
  int strikes;

  int subscriptions;

  /** Stanzas were dropped because the socket is slow; it resumes when it has drained. */
  boolean lagging;

  private @Nullable InboundAliases inboundAliases;
  private @Nullable OutboundAliases outboundAliases;

  private @Nullable RefusedSends refused;

  private long lastWritten;
  private long lastTimeMs;
  private long acknowledged;
  private boolean mailboxKnows = true;
  private int resumeAskedS = NOT_ASKED;

  /** What a device says with an acknowledgement. */
  enum Claim {
    NEWS,
    /** It was said before, or of what was not delivered here: that will be delivered again. */
    NO_NEWS
  }

  Session(DeviceAddress device, long epoch, int registration, long acknowledged, long nowMs) {
    this.device = device;
    this.epoch = epoch;
    this.registration = registration;
    this.lastWritten = acknowledged;
    this.acknowledged = acknowledged;
    this.lastTimeMs = nowMs;
  }

  /** Whether the device was sent this stanza; see Target in outbound.proto. */
  boolean isWritten(long sequence) {
    return sequence <= lastWritten;
  }

  /** The difference to tell for a stanza that is now written; 0 for one without a sequence. */
  long advance(long sequence) {
    if (sequence == 0) {
      return 0;
    }
    long delta = sequence - lastWritten;
    lastWritten = sequence;
    resumeAskedS = NOT_ASKED;
    return delta;
  }

  /** The difference to tell for a stanza's time. */
  long advanceTime(long timeMs) {
    long delta = timeMs - lastTimeMs;
    lastTimeMs = timeMs;
    return delta;
  }

  /** Whether a send would pass one that stands refused for now. */
  boolean overtakes(long counter) {
    return refused != null && refused.areBefore(counter);
  }

  /** A send was taken, or refused for ever. */
  void settled(long counter) {
    if (refused != null) {
      refused.remove(counter);
      if (refused.isEmpty()) {
        refused = null;
      }
    }
  }

  void refusedForNow(long counter) {
    if (refused == null) {
      refused = new RefusedSends();
    }
    refused.add(counter);
  }

  Claim acknowledge(long upTo) {
    if (upTo <= acknowledged || upTo > lastWritten) {
      return Claim.NO_NEWS;
    }
    acknowledged = upTo;
    mailboxKnows = false;
    return Claim.NEWS;
  }

  /** The sequence to tell the mailbox, or 0 if it knows: many acknowledgements become one. */
  long takeAcknowledged() {
    if (mailboxKnows) {
      return 0;
    }
    mailboxKnows = true;
    return acknowledged;
  }

  /** Whether the mailbox is to be asked to resume: not while an answer may still come. */
  boolean asksToResume(int nowS) {
    if (resumeAskedS != NOT_ASKED && nowS - resumeAskedS < ASK_AGAIN_AFTER_S) {
      return false;
    }
    resumeAskedS = nowS;
    return true;
  }

  InboundAliases inboundAliases() {
    if (inboundAliases == null) {
      inboundAliases = new InboundAliases();
    }
    return inboundAliases;
  }

  OutboundAliases outboundAliases() {
    if (outboundAliases == null) {
      outboundAliases = new OutboundAliases();
    }
    return outboundAliases;
  }
}
