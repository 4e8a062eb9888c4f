package io.bluetick.platform.kafka;

/**
 * Told once, on a thread of Kafka's client, when a command is durable. It must be quick. There is
 * no word for failure: a command that Kafka has not taken is tried until it does.
 */
@FunctionalInterface
public interface Durable {

  /** For commands that nobody waits for. */
  Durable NOBODY = () -> {};

  void onDurable();
}
