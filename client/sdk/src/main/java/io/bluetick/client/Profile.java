package io.bluetick.client;

import io.bluetick.client.chat.Contacts;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.History;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.group.GroupBook;
import io.bluetick.client.signal.PeerBook;
import io.bluetick.client.store.Backups;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.DatabaseReader;
import io.bluetick.client.store.ProfileFolder;
import io.bluetick.client.store.Restoration;
import io.bluetick.client.store.Schema;
import io.bluetick.client.store.Vault;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a device keeps on the disk, opened: one process, one profile. Everything may be read here
 * without a connection.
 */
public final class Profile implements AutoCloseable {
  /** What a backup holds: never keys, so that no old ratchet comes to life again. */
  private static final List<String> BACKED_UP =
      List.of("contact", "groups", "group_member", "chat", "message", "reaction", "vote");

  private final ProfileFolder folder;
  private final Database database;
  private final DatabaseReader reader;

  private Profile(ProfileFolder folder, Database database) {
    this.folder = folder;
    this.database = database;
    this.reader = database.reader();
  }

  /** The passphrase is not the one. */
  public static final class WrongPassphraseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongPassphraseException() {
      super("the passphrase is not the one of this profile");
    }
  }

  /** Whether there is a profile in this folder. */
  public static boolean exists(Path folder) {
    return Path.of(folder.toString(), "Databases", "vault.key").toFile().exists();
  }

  /**
   * Opens the profile of a folder, and makes it first if there is none.
   *
   * @throws WrongPassphraseException if there is one and the passphrase is not its own
   * @throws io.bluetick.client.store.StoreException above all if another process has it open
   */
  public static Profile open(Path path, char[] passphrase) {
    ProfileFolder folder = ProfileFolder.open(path);
    boolean isOpen = false;
    try {
      Vault vault = folder.vault();
      DatabaseKey key =
          vault.exists()
              ? vault.open(passphrase).orElseThrow(WrongPassphraseException::new)
              : vault.create(passphrase);
      Profile profile =
          new Profile(folder, Database.open(folder.database(), key, Schema.MIGRATIONS));
      isOpen = true;
      return profile;
    } finally {
      if (!isOpen) {
        folder.close();
      }
    }
  }

  /** The device of this profile, if it is registered. */
  public Optional<OwnDevice> device() {
    return DeviceTable.find(reader);
  }

  ProfileFolder folder() {
    return folder;
  }

  Database database() {
    return database;
  }

  // ---- Reading, beside whoever writes ----------------------------------------------------------

  /** One thread at a time. */
  public History history() {
    return new History(reader);
  }

  public Contacts.Book contacts() {
    return new Contacts.Book(reader);
  }

  public GroupBook groups() {
    return new GroupBook(reader);
  }

  /** Sixty digits to compare with somebody; none before the first message between the two. */
  public Optional<String> safetyNumber(AccountId other) {
    OwnDevice own = device().orElseThrow();
    PeerBook peers = new PeerBook(reader);
    return peers
        .find(own.address().account())
        .flatMap(self ->
            peers
                .find(other)
                .map(peer ->
                    PeerBook.safetyNumber(
                        self.account(), self.identity(), other, peer.identity())));
  }

  /** Whether what is said to somebody waits, because a key that was verified changed. */
  public boolean isHeld(AccountId other) {
    return new PeerBook(reader).isHeld(other);
  }

  // ---- Backups ---------------------------------------------------------------------------------

  /** Writes what was said into an encrypted file, and reads it back before it counts. */
  public Path backup(char[] passphrase) {
    return backups().write(database, BACKED_UP, passphrase);
  }

  /**
   * Takes in what an earlier profile has backed up: {@link Restoration.NotEmpty} if something was
   * said here already.
   */
  public Restoration restore(Path backup, char[] passphrase) {
    if (database
        .first("SELECT 1 FROM message UNION ALL SELECT 1 FROM groups LIMIT 1", _ -> true)
        .isPresent()) {
      return new Restoration.NotEmpty();
    }
    return Backups.restore(
        backup, database, BACKED_UP, passphrase, () -> Conversations.reindex(database));
  }

  public List<Path> backupFiles() {
    return backups().list();
  }

  private Backups backups() {
    return folder.backups(Clock.systemUTC());
  }

  /** Lets other processes open it. Whatever works on it is closed before. */
  @Override
  public void close() {
    reader.close();
    database.close();
    folder.close();
  }
}
