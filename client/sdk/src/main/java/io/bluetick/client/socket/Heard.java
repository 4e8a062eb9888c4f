package io.bluetick.client.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.TypingState;
import java.util.List;
import java.util.Optional;

/** What a frame says, with its aliases and differences resolved. */
public sealed interface Heard {

  /** One grey tick for each of these. */
  record Ticks(List<Long> counters, long timeMs) implements Heard {}

  /**
   * A frame of ours was refused.
   *
   * @param counter 0 if it had none
   */
  record Refusal(String code, long counter, long retryAfterMs, String detail) implements Heard {}

  /** All that waited has come. */
  record Drained() implements Heard {}

  /** Somebody came or went. */
  record Presence(AccountId account, boolean isOnline, long lastSeenMs) implements Heard {}

  /** Somebody types. */
  record Typing(AccountId account, Optional<AccountId> group, TypingState state) implements Heard {}

  /** Of a type that is not known, or of no concern. */
  record Other() implements Heard {}

  /**
   * Something for the store.
   *
   * @param sequence 0: not to be acknowledged
   */
  record Stanza(long sequence, long timeMs, Body body) implements Heard {}

  /** What a stanza is about. */
  sealed interface Body {}

  /** Who sent it; the registration is part of its messages' ids. */
  record Author(DeviceAddress device, int registration) {}

  /** A message. */
  record Message(
      Author author,
      long counter,
      ByteString ciphertext,
      CiphertextKind kind,
      Optional<AccountId> group)
      implements Body {}

  /** Messages of ours came this far. */
  record Receipt(Author by, ReceiptKind kind, List<Long> counters) implements Body {}

  /** A message of ours was encrypted for an old list. */
  record Mismatch(
      long counter,
      AccountId account,
      long listVersion,
      List<Integer> missing,
      List<Integer> stale,
      List<Integer> gone)
      implements Body {}

  /** A message of ours was accepted, and then had nowhere to go. */
  record Rejected(long counter, String code) implements Body {}

  /** A step of a call. */
  record Call(
      Author author, ByteString call, CallSignal signal, ByteString ciphertext, CiphertextKind kind)
      implements Body {}

  /**
   * Something is to be fetched anew.
   *
   * @param subject absent: the account itself
   */
  record Change(ChangeKind kind, Optional<AccountId> subject, long version) implements Body {}

  /** Of a type that a later version has: counted, and acknowledged. */
  record Unknown() implements Body {}
}
