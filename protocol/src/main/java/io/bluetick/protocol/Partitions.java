package io.bluetick.protocol;

/**
 * In which partition of {@code mailbox} and {@code presence} an actor lives. Every producer and
 * every consumer computes it alike; it must never change while a log holds records.
 */
public final class Partitions {

  private Partitions() {}

  /** Ids are random, but a client may have chosen one; so mix before dividing. */
  public static int of(AccountId actor, int partitions) {
    long mixed = (actor.high() ^ Long.rotateLeft(actor.low(), 31)) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return (int) Long.remainderUnsigned(mixed * 0xD6E8FEB86659FD93L, partitions);
  }
}
