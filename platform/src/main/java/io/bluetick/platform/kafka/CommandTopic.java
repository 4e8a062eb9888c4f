package io.bluetick.platform.kafka;

import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;

/**
 * A partitioned topic of commands, as its producers see it. Any thread may call it; it never
 * blocks.
 */
public interface CommandTopic {

  /**
   * Adds a command behind all that were added for the same actor before. It is read at once and may
   * be changed or reused when this returns. Always taken: who produces much asks {@link #hasRoom}
   * first.
   */
  void add(AccountId actor, MessageLite command, Durable durable);

  default void add(AccountId actor, MessageLite command) {
    add(actor, command, Durable.NOBODY);
  }

  /** False when so much waits for Kafka that nothing more should be taken on. */
  boolean hasRoom();

  /** Calls back once, on any thread, when there is room again; at once if there is. */
  void whenRoom(Runnable listener);
}
