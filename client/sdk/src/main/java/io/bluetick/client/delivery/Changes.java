package io.bluetick.client.delivery;

import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.Saying;

/** Tells what became of a chat. */
final class Changes {
  private Changes() {}

  /** What its user hears of something that was not said. */
  static Saying refused(Change.Why why) {
    return switch (why) {
      case TOO_LONG -> new Saying.TooLong();
      case TOO_LATE -> new Saying.TooLate();
      case NO_NEWS, NOT_POSSIBLE -> new Saying.NotPossible();
    };
  }

  static void tell(Change change, Turn turn) {
    switch (change) {
      case Change.Added(var message) -> turn.tell(new ClientEvent.MessageAdded(message));
      case Change.Changed(var message) -> turn.tell(new ClientEvent.MessageChanged(message));
      case Change.Ticked(var messages) -> turn.tell(new ClientEvent.Ticked(messages));
      case Change.Timer(var chat, var afterS) ->
          turn.tell(new ClientEvent.TimerChanged(chat, afterS));
      case Change.None _ -> {
        // Nobody needs to hear of it.
      }
    }
  }
}
