package io.bluetick.client.delivery;

import io.bluetick.client.chat.Change;

/** Tells what became of a chat. */
final class Changes {
  private Changes() {}

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
