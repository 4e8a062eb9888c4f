package io.bluetick.client.chat;

import java.util.NoSuchElementException;

/** What became of saying something. But for the first two, nothing was done. */
public sealed interface Saying {

  /** The message is in the store, or is changed there, and on its way. */
  record Said(Message message) implements Saying {}

  /** It is on its way and no message, as a chat's timer. */
  record Done() implements Saying {}

  /** More bytes than one message has. */
  record TooLong() implements Saying {}

  /** The time in which a message is edited or deleted is over. */
  record TooLate() implements Saying {}

  /** The message that it speaks of is not there, is another one's, or cannot be changed so. */
  record NotPossible() implements Saying {}

  /**
   * The message.
   *
   * @throws NoSuchElementException if there is none; it says why
   */
  default Message orElseThrow() {
    if (this instanceof Said(Message said)) {
      return said;
    }
    throw new NoSuchElementException(toString());
  }
}
