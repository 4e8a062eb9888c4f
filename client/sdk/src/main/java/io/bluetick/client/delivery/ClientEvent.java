package io.bluetick.client.delivery;

import io.bluetick.client.chat.Message;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.TypingState;
import java.time.Duration;
import java.util.List;

/** Something that happened. What is told of messages is in the store already. */
public sealed interface ClientEvent {

  /** There is a new message, one's own or another's. */
  record MessageAdded(Message message) implements ClientEvent {}

  /** A message was edited or deleted, or somebody reacted to it. */
  record MessageChanged(Message message) implements ClientEvent {}

  /** These came further. */
  record Ticked(List<Message> messages) implements ClientEvent {}

  /** Messages of a chat disappear so long after they were read; 0: they stay. */
  record TimerChanged(AccountId chat, int afterS) implements ClientEvent {}

  /** Somebody types, or stopped to; in a group, or in the chat with himself. */
  record Typing(AccountId chat, AccountId account, TypingState state) implements ClientEvent {}

  /** Somebody came or went; {@code lastSeenMs} 0: hidden or unknown. */
  record Presence(AccountId account, boolean isOnline, long lastSeenMs) implements ClientEvent {}

  /**
   * Somebody's key is another than before: a new phone, or somebody in between. The safety number
   * is to be compared again.
   *
   * @param isHeld whether the old key had been verified: then nothing goes out until the new one
   *     is, or is trusted without that
   */
  record IdentityChanged(AccountId account, boolean isHeld) implements ClientEvent {}

  /**
   * The server handed out a list of devices that its account did not sign. Nothing was believed.
   */
  record Forgery(AccountId account) implements ClientEvent {}

  /** A message could not be read, and was asked for again, or was given up. */
  record Unreadable(AccountId account, boolean isAskedAgain) implements ClientEvent {}

  /**
   * A group is another than this device knows it: it is to be told anew.
   *
   * @param version that it has now; 0: not known, but somebody writes to it who was no member
   */
  record GroupChanged(AccountId group, long version) implements ClientEvent {}

  /** A message was not let into its group; it failed. The code is a slug of the contract. */
  record Rejected(Message message, String code) implements ClientEvent {}

  /** The connection is open. */
  record Online() implements ClientEvent {}

  /** All that waited on the server is here. */
  record CaughtUp() implements ClientEvent {}

  /** The connection is not there; it is tried again after this time. */
  record Offline(String why, Duration retryAfter) implements ClientEvent {}

  /** The connection is not tried again by itself: another one took over, or the server said no. */
  record Stopped(String why) implements ClientEvent {}

  /** Something went wrong that a person should know of; nothing is lost. */
  record Trouble(String what) implements ClientEvent {}
}
