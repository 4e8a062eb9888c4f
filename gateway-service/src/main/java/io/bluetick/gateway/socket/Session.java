package io.bluetick.gateway.socket;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What an open connection knows of its device. Belongs to the connection's event loop. */
final class Session {
  /** Not asked to resume, or what came since shows that it was heard. */
  private static final int NOT_ASKED = 0;

  private static final int ASK_AGAIN_AFTER_S = 5;

  final DeviceAddress device;

  /** Grows with each of the device's sessions. */
  final long epoch;

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

  /** The counter of the first send that was refused for now; none may overtake it. Or 0. */
  private long refused;

  private long lastWritten;
  private long lastTimeMs;
  private long acknowledged;
  private long acknowledgedToMailbox;
  private int resumeAskedS = NOT_ASKED;

  /** What to do with a stanza; see Target in outbound.proto. */
  enum Verdict {
    WRITE,
    DUPLICATE,
    GAP
  }

  /** What a device says with an acknowledgement. */
  enum Claim {
    NEWS,
    KNOWN,
    /** It acknowledges what it was not sent. */
    AHEAD
  }

  Session(DeviceAddress device, long epoch, long acknowledged, long nowMs) {
    this.device = device;
    this.epoch = epoch;
    this.lastWritten = acknowledged;
    this.acknowledged = acknowledged;
    this.acknowledgedToMailbox = acknowledged;
    this.lastTimeMs = nowMs;
  }

  Verdict verdict(long sequence, long previous) {
    if (sequence <= lastWritten) {
      return Verdict.DUPLICATE;
    }
    return previous <= lastWritten ? Verdict.WRITE : Verdict.GAP;
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

  boolean overtakes(long counter) {
    return refused != 0 && counter > refused;
  }

  void taken(long counter) {
    if (refused == counter) {
      refused = 0;
    }
  }

  void refused(long counter, ErrorCode.Retry retry) {
    if (retry == ErrorCode.Retry.NEVER) {
      taken(counter); // It will not come again.
    } else if (counter > 0 && (refused == 0 || counter < refused)) {
      refused = counter;
    }
  }

  Claim acknowledge(long upTo) {
    if (Long.compareUnsigned(upTo, lastWritten) > 0) {
      return Claim.AHEAD;
    }
    if (upTo <= acknowledged) {
      return Claim.KNOWN;
    }
    acknowledged = upTo;
    return Claim.NEWS;
  }

  /** The sequence to tell the mailbox, or 0 if it knows: many acknowledgements become one. */
  long takeAcknowledged() {
    if (acknowledged == acknowledgedToMailbox) {
      return 0;
    }
    acknowledgedToMailbox = acknowledged;
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
