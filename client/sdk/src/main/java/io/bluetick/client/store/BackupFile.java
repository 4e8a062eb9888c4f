package io.bluetick.client.store;

import io.bluetick.client.store.Restoration.Damaged;
import io.bluetick.client.store.Restoration.Newer;
import io.bluetick.client.store.Restoration.Restored;
import io.bluetick.client.store.Restoration.WrongPassphrase;
import io.bluetick.client.store.StoreException.Kind;
import io.bluetick.client.store.Stretching.Cost;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One backup's file: how it is written and checked, and how it is restored. */
final class BackupFile {
  private final Path file;

  BackupFile(Path file) {
    this.file = file;
  }

  /** What a backup holds, to compare what was written with what can be read. */
  private record Summary(Map<String, Long> rows, String hash) {}

  /** Writes it under another name first, and reads it back before it gets its own. */
  void write(DatabaseReader database, List<String> tables, char[] passphrase, Cost cost) {
    int schema = database.first("PRAGMA user_version", row -> row.integer(1)).orElseThrow();
    BackupHead head =
        new BackupHead(BackupHead.FORMAT, schema, Stretching.fresh(cost, new SecureRandom()));
    try {
      OwnerOnly.replace(
          file,
          file.resolveSibling("backup.draft"),
          draft -> {
            Summary written = fill(draft, head, database, tables, passphrase);
            draft.force(true);
            draft.position(0);
            if (!readBack(draft, passphrase).equals(written)) {
              throw new StoreException(Kind.CORRUPT, "the backup cannot be read back");
            }
          });
    } catch (DamagedBackupException e) {
      throw new StoreException(Kind.CORRUPT, "the backup cannot be read back", e);
    } catch (UncheckedIOException e) {
      throw Faults.of(Faults.cause(e), file);
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
  }

  /** Reads all of it first; only then, and in one transaction, it adds the rows. */
  Restoration restore(
      Database database, List<String> tables, char[] passphrase, Runnable completion) {
    try {
      Sealing sealing;
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        BackupHead head = BackupHead.readFrom(in).orElse(null);
        if (head == null) {
          return new Damaged();
        }
        if (head.format() > BackupHead.FORMAT || head.schema() > database.version()) {
          return new Newer();
        }
        sealing = head.sealing(passphrase);
        if (!BackupHead.isTagged(in, sealing)) {
          return new WrongPassphrase();
        }
        BackupRecords.read(new SealedInput(in, sealing), new Counting());
      }
      return new Restored(add(database, tables, sealing, completion));
    } catch (DamagedBackupException _) {
      return new Damaged();
    } catch (UncheckedIOException e) {
      // What was sound a moment ago was altered since; the transaction is undone.
      if (e.getCause() instanceof DamagedBackupException) {
        return new Damaged();
      }
      throw Faults.of(Faults.cause(e), file);
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
  }

  private Map<String, Long> add(
      Database database, List<String> tables, Sealing sealing, Runnable completion) {
    return database.transaction(() -> {
      // A row may come before the one that it refers to.
      database.script("PRAGMA defer_foreign_keys = ON");
      TableRestore restore = new TableRestore(database, tables);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        BackupHead.readFrom(in);
        BackupHead.isTagged(in, sealing);
        BackupRecords.read(new SealedInput(in, sealing), restore);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      completion.run();
      return restore.added();
    });
  }

  private static Summary fill(
      FileChannel draft,
      BackupHead head,
      DatabaseReader database,
      List<String> tables,
      char[] passphrase)
      throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(draft));
    Sealing sealing = head.sealing(passphrase);
    head.writeTo(out, sealing);
    SealedOutput sealed = new SealedOutput(out, sealing);
    DigestOutputStream hashed = new DigestOutputStream(sealed, sha256());
    BackupRecords.Writer records = new BackupRecords.Writer(hashed);
    Map<String, Long> rows = new TreeMap<>();
    for (String table : tables) {
      rows.put(table, dump(database, TableShape.of(database, table), records));
    }
    records.end();
    sealed.finish();
    return new Summary(rows, HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
  }

  private static long dump(DatabaseReader database, TableShape table, BackupRecords.Writer out)
      throws IOException {
    out.table(table.name(), table.columns());
    long[] rows = new long[1];
    database.each(
        table.selection(),
        row -> {
          try {
            out.row(row, table.columns().size());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          rows[0]++;
        });
    return rows[0];
  }

  /** Reads as who restores would: from the passphrase on. */
  private static Summary readBack(FileChannel draft, char[] passphrase) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(draft));
    BackupHead head =
        BackupHead.readFrom(in).orElseThrow(() -> new DamagedBackupException("it has no head"));
    Sealing sealing = head.sealing(passphrase);
    if (!BackupHead.isTagged(in, sealing)) {
      throw new DamagedBackupException("its head is not genuine");
    }
    DigestInputStream hashed = new DigestInputStream(new SealedInput(in, sealing), sha256());
    Counting counting = new Counting();
    BackupRecords.read(hashed, counting);
    return new Summary(counting.rows, HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Looks at everything and counts rows. */
  private static final class Counting implements BackupRecords.Contents {
    private final Map<String, Long> rows = new TreeMap<>();
    private String table = "";

    @Override
    public void table(String name, List<String> columns) {
      table = name;
      rows.put(name, 0L);
    }

    @Override
    public void row(List<@Nullable Object> values) {
      rows.merge(table, 1L, Long::sum);
    }
  }
}
