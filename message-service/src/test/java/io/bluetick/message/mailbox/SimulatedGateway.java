package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.MailboxCommand;
import java.util.ArrayDeque;
import java.util.Deque;

/** A gateway: what it is handed, and what it wants to append to the log, each in its order. */
final class SimulatedGateway {
  final String name;
  private final Deque<Effect.Send> handed = new ArrayDeque<>();
  private final Deque<MailboxCommand> inTransit = new ArrayDeque<>();

  SimulatedGateway(String name) {
    this.name = name;
  }

  void hand(Effect.Send send) {
    handed.add(send);
  }

  void says(MailboxCommand command) {
    inTransit.add(command);
  }

  /** Hands so many sends to their sockets. */
  void read(World world, int sends) {
    for (int i = 0; i < sends && !handed.isEmpty(); i++) {
      world.arrives(this, handed.remove());
    }
  }

  void transmit(World world, int commands) {
    for (int i = 0; i < commands && !inTransit.isEmpty(); i++) {
      world.append(inTransit.remove());
    }
  }

  /** What it was handed is never read, and what it had to say is not said. */
  void restart() {
    handed.clear();
    inTransit.clear();
  }

  boolean isQuiet() {
    return handed.isEmpty() && inTransit.isEmpty();
  }
}
