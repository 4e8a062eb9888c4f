package io.bluetick.client.chat;

import io.bluetick.protocol.AccountId;
import java.util.List;

/** What a content did to a chat. */
public sealed interface Change {

  /** There is a new message. */
  record Added(Message message) implements Change {}

  /** A message was edited or deleted, or somebody reacted to it. */
  record Changed(Message message) implements Change {}

  /** These messages came further. */
  record Ticked(List<Message> messages) implements Change {}

  /** The chat's timer is another. */
  record Timer(AccountId chat, int disappearsAfterS) implements Change {}

  /** Nothing, for this reason. */
  record None(Why why) implements Change {}

  /** Why a content did nothing. */
  enum Why {
    /** It was there already, or is none that changes a chat. */
    NO_NEWS,
    TOO_LONG,
    TOO_LATE,
    /** What it speaks of is not there, or not its author's, or cannot be changed so. */
    NOT_POSSIBLE
  }
}
