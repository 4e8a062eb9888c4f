package io.bluetick.platform.kafka;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The commands gathered for one record. Its bytes are those of a protobuf message whose field 1 is
 * the repeated command, as in MailboxBatch and PresenceBatch.
 */
public final class Pack {
  private static final int FIRST_BYTES = 512;
  private static final int FIELD = 1;

  private final List<Durable> waiting = new ArrayList<>();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int commands;

  /** Returns how many bytes were added. */
  public int add(MessageLite command, Durable durable) {
    int size = CodedOutputStream.computeMessageSize(FIELD, command);
    if (length + size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + size, bytes.length * 2));
    }
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, length, size);
    try {
      out.writeMessage(FIELD, command);
    } catch (IOException e) {
      throw new UncheckedIOException("a command did not fit in the room made for it", e);
    }
    length += size;
    commands++;
    if (!durable.equals(Durable.NOBODY)) {
      waiting.add(durable);
    }
    return size;
  }

  public boolean isFull(int recordBytes, int maxCommands) {
    return length >= recordBytes || commands >= maxCommands;
  }

  public int length() {
    return length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public List<Durable> waiting() {
    return waiting;
  }
}
