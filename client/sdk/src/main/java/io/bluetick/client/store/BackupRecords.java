package io.bluetick.client.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted inside of a backup: tables, each followed by its rows.
 *
 * <pre>
 * 1 NAME COLUMNS u16 { NAME }     a table; names as UTF of Java's DataOutput
 * 2 { TYPE u8, VALUE }            a row of it: 0 null, 1 i64, 2 f64, 3 text, 4 bytes;
 *                                 the last two with their length, u32
 * 3 ROWS i64                      the end, and how many rows there were in all
 * </pre>
 */
final class BackupRecords {
  /** Of a text or a blob: one value lies in memory. */
  static final int MAX_VALUE_BYTES = 64 << 20;

  private static final int TABLE = 1;
  private static final int ROW = 2;
  private static final int END = 3;

  private BackupRecords() {}

  /** Is told what a backup holds, in its order. */
  interface Contents {
    void table(String name, List<String> columns);

    void row(List<@Nullable Object> values);
  }

  /** Writes records. */
  static final class Writer {
    private final DataOutputStream out;
    private long rows;

    Writer(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    void table(String name, List<String> columns) throws IOException {
      out.writeByte(TABLE);
      out.writeUTF(name);
      out.writeShort(columns.size());
      for (String column : columns) {
        out.writeUTF(column);
      }
    }

    void row(Row row, int columns) throws IOException {
      out.writeByte(ROW);
      for (int column = 1; column <= columns; column++) {
        value(row.value(column));
      }
      rows++;
    }

    void end() throws IOException {
      out.writeByte(END);
      out.writeLong(rows);
      out.flush();
    }

    private void value(@Nullable Object value) throws IOException {
      switch (value) {
        case null -> out.writeByte(0);
        case Number number when !(number instanceof Double) -> {
          out.writeByte(1);
          out.writeLong(number.longValue());
        }
        case Double number -> {
          out.writeByte(2);
          out.writeDouble(number);
        }
        case String text -> bytes(3, text.getBytes(StandardCharsets.UTF_8));
        case byte[] bytes -> bytes(4, bytes);
        default -> throw new IllegalStateException("SQLite knows no " + value.getClass());
      }
    }

    private void bytes(int type, byte[] bytes) throws IOException {
      if (bytes.length > MAX_VALUE_BYTES) {
        throw new IllegalStateException("a value of " + bytes.length + " bytes is no message");
      }
      out.writeByte(type);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** Reads all records, to the very end. */
  static void read(InputStream from, Contents contents) throws IOException {
    DataInputStream in = new DataInputStream(from);
    int columns = 0;
    long rows = 0;
    try {
      for (int kind = in.readUnsignedByte(); kind != END; kind = in.readUnsignedByte()) {
        if (kind == TABLE) {
          String name = in.readUTF();
          List<String> names = names(in);
          columns = names.size();
          contents.table(name, names);
        } else if (kind == ROW && columns > 0) {
          contents.row(values(in, columns));
          rows++;
        } else {
          throw new DamagedBackupException("no record of kind " + kind);
        }
      }
      if (in.readLong() != rows || in.read() != -1) {
        throw new DamagedBackupException("it ends elsewhere than it says");
      }
    } catch (EOFException _) {
      throw new DamagedBackupException("it ends within a record");
    }
  }

  private static List<String> names(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(in.readUTF());
    }
    return names;
  }

  private static List<@Nullable Object> values(DataInputStream in, int count) throws IOException {
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(in));
    }
    return values;
  }

  private static @Nullable Object value(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    return switch (type) {
      case 0 -> null;
      case 1 -> in.readLong();
      case 2 -> in.readDouble();
      case 3 -> new String(bytes(in), StandardCharsets.UTF_8);
      case 4 -> bytes(in);
      default -> throw new DamagedBackupException("no value of type " + type);
    };
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_VALUE_BYTES) {
      throw new DamagedBackupException("a value of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new DamagedBackupException("it ends within a value");
    }
    return bytes;
  }
}
