package io.bluetick.client.store;

import static java.nio.file.StandardOpenOption.WRITE;

import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One profile's folder, held by one opening at a time: two devices with the same keys would use up
 * each other's ratchets.
 *
 * <p>The lock is the operating system's, so it goes with the process however that ends. The lock
 * file is opened nowhere else: on POSIX, closing any other opening of it would free the lock.
 */
public final class ProfileFolder implements AutoCloseable {
  private static final String SENT = "Sent";

  /** Hidden: nothing in it is whole, or meant to last. */
  private static final String DRAFTS = ".drafts";

  private static final String SHOWN_ONCE = ".once";

  private final Path root;
  private final FileChannel held;

  private ProfileFolder(Path root, FileChannel held) {
    this.root = root;
    this.held = held;
  }

  /**
   * Makes what is missing of the folder and holds it until it is closed.
   *
   * @throws StoreException {@link Kind#IN_USE} if it is held already, by whomever
   */
  public static ProfileFolder open(Path root) {
    Path folder = root.toAbsolutePath().normalize();
    try {
      OwnerOnly.folder(folder);
      FileChannel held = hold(OwnerOnly.file(folder.resolve(".lock")));
      try {
        ProfileFolder profile = new ProfileFolder(folder, held);
        profile.furnish();
        return profile;
      } catch (IOException e) {
        held.close();
        throw e;
      }
    } catch (IOException e) {
      throw Faults.of(e, folder);
    }
  }

  /** The file of the database. */
  public Path database() {
    return databases().resolve("bluetick.db");
  }

  public Vault vault() {
    return new Vault(databases().resolve("vault.key"));
  }

  /** The backups, named by the given clock. */
  public Backups backups(Clock clock) {
    return new Backups(root.resolve("Backups"), clock);
  }

  /** What was sent and received as files. */
  public Path media() {
    return root.resolve("Media");
  }

  public Path received(MediaFolder kind) {
    return media().resolve(kind.title());
  }

  /** Files on their way in and out. */
  public Path drafts() {
    return media().resolve(DRAFTS);
  }

  /** Files that may be seen once. */
  public Path shownOnce() {
    return media().resolve(SHOWN_ONCE);
  }

  public Path sent(MediaFolder kind) {
    return received(kind).resolve(SENT);
  }

  /** Lets others open the profile. Whatever lies in it is closed before. */
  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      throw Faults.of(e, root);
    }
  }

  private Path databases() {
    return root.resolve("Databases");
  }

  private void furnish() throws IOException {
    OwnerOnly.folder(databases());
    OwnerOnly.folder(root.resolve("Backups"));
    OwnerOnly.folder(media());
    OwnerOnly.folder(drafts());
    OwnerOnly.folder(shownOnce());
    for (MediaFolder kind : MediaFolder.values()) {
      OwnerOnly.folder(received(kind));
      OwnerOnly.folder(sent(kind));
    }
  }

  private static FileChannel hold(Path lockFile) throws IOException {
    FileChannel channel = FileChannel.open(lockFile, WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held by this very process, which is as much in the way as any other.
      lock = null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new StoreException(Kind.IN_USE, "the profile is open already: " + lockFile.getParent());
    }
    return channel;
  }
}
