package io.bluetick.protocol;

/**
 * The place of a stanza in its mailbox: the place of its command in the log. Unique, growing, and
 * the same when the log is read again. Zero is before every stanza.
 *
 * <pre>
 *   0 | generation of the topic, 8 bits | offset + 1, 43 bits | index in the record, 12 bits
 * </pre>
 *
 * The generation is raised on the day the number of partitions changes and offsets begin anew.
 */
public final class Sequence {

  /** How many commands fit in one record. */
  public static final int COMMANDS_PER_RECORD = 1 << 12;

  private static final int INDEX_BITS = 12;
  private static final int OFFSET_BITS = 43;
  private static final long MAX_OFFSET = (1L << OFFSET_BITS) - 2;
  private static final int MAX_GENERATION = (1 << 8) - 1;

  private Sequence() {}

  public static long of(int generation, long offset, int index) {
    if (generation < 0 || generation > MAX_GENERATION) {
      throw new IllegalArgumentException("no topic has the generation " + generation);
    }
    if (offset < 0 || offset > MAX_OFFSET) {
      throw new IllegalArgumentException("no record has the offset " + offset);
    }
    if (index < 0 || index >= COMMANDS_PER_RECORD) {
      throw new IllegalArgumentException("no command has the index " + index);
    }
    return ((long) generation << (OFFSET_BITS + INDEX_BITS)) | ((offset + 1) << INDEX_BITS) | index;
  }

  /** The offset of the record that holds this command. */
  public static long offset(long sequence) {
    long offset = ((sequence >>> INDEX_BITS) & ((1L << OFFSET_BITS) - 1)) - 1;
    if (offset < 0) {
      throw new IllegalArgumentException("no command has the sequence " + sequence);
    }
    return offset;
  }
}
