package io.bluetick.client.media;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.media.MediaException.Kind;
import io.bluetick.client.rest.MediaApi;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.ProfileFolder;
import io.bluetick.client.store.SealedFile;
import io.bluetick.client.store.SealedFile.Made;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Files in chats. They are encrypted here, each under a key of its own that travels in its message,
 * and lie in the profile's folder {@code Media} as they are, for other programs to show.
 */
public final class Media implements AutoCloseable {
  /** Of one file. */
  public static final long LIMIT_BYTES = 2_000_000_000;

  /** Files that are copied, fetched or decrypted at once; the others wait. */
  private static final int AT_ONCE = 4;

  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Engine engine;
  private final Blobs blobs;
  private final Shelf shelf;
  private final Uploads uploads;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, CompletableFuture<Path>> fetching = new ConcurrentHashMap<>();

  public Media(Engine engine, MediaApi api, HttpClient http, ProfileFolder folder) {
    this.engine = engine;
    this.blobs = new Blobs(api, http);
    this.shelf = new Shelf(folder);
    this.uploads = new Uploads(engine, blobs, shelf);
  }

  /** Goes on with what an earlier process had no time for. */
  public void start() {
    // Listed now, so that nothing of this process is among it.
    uploads.start(shelf.left());
  }

  /** There is a connection: what could not be done may succeed now. */
  public void wake() {
    uploads.wake();
  }

  // ---- Sending ---------------------------------------------------------------------------------

  /**
   * Sends a file. The message is in the store when the future is done; it is sent when the file is
   * on the server. Fails with a {@link MediaException}.
   */
  public CompletableFuture<Saying> send(AccountId chat, NewFile file) {
    return CompletableFuture.supplyAsync(() -> inTurn(() -> prepare(chat, file)), threads);
  }

  private Saying prepare(AccountId chat, NewFile file) {
    check(file.file());
    byte[] id = random(ID_BYTES);
    ByteString key = ByteString.copyFrom(random(SealedFile.KEY_BYTES));
    Path draft = shelf.draft(HexFormat.of().formatHex(id));
    Made made = sealed(file.file(), draft, key);
    Optional<String> kept = kept(file, draft);
    Attachment attachment =
        described(file).setSize(made.plainBytes()).setKey(key).setDigest(made.sha256()).build();
    Content content =
        Content.newBuilder().setId(ByteString.copyFrom(id)).setAttachment(attachment).build();
    boolean isHeld = false;
    try {
      Saying saying =
          engine
              .held()
              .hold(
                  chat,
                  content,
                  (store, held) -> new MediaTable(store).add(held.id(), kept.orElse(null), true))
              .join();
      isHeld = saying instanceof Saying.Said;
      uploads.wake();
      return saying;
    } finally {
      if (!isHeld) {
        draft.toFile().delete();
        kept.ifPresent(path -> shelf.absolute(path).toFile().delete());
      }
    }
  }

  private static Attachment.Builder described(NewFile file) {
    return Attachment.newBuilder()
        .setKind(file.kind())
        .setMediaType(file.mediaType())
        .setName(Shelf.safe(String.valueOf(file.file().getFileName())))
        .setCaption(file.caption())
        .setViewOnce(file.isViewOnce());
  }

  /** What may be seen once only is not kept here either. */
  private Optional<String> kept(NewFile file, Path draft) {
    try {
      return file.isViewOnce()
          ? Optional.empty()
          : Optional.of(shelf.relative(shelf.keep(file.file(), file.kind())));
    } catch (IOException e) {
      draft.toFile().delete();
      throw new MediaException(Kind.FULL, "the file cannot be kept", e);
    }
  }

  private static void check(Path file) {
    try {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new MediaException(Kind.UNREADABLE, "there is no such file, or it may not be read");
      }
      if (Files.size(file) > LIMIT_BYTES) {
        throw new MediaException(Kind.TOO_LARGE, "the file has more than 2 GB");
      }
    } catch (IOException e) {
      throw new MediaException(Kind.UNREADABLE, "the file cannot be read", e);
    }
  }

  private static Made sealed(Path file, Path draft, ByteString key) {
    try {
      return SealedFile.seal(file, draft, key);
    } catch (StoreException e) {
      throw new MediaException(
          e.kind() == StoreException.Kind.FULL ? Kind.FULL : Kind.UNREADABLE,
          "the file cannot be encrypted",
          e);
    }
  }

  // ---- Receiving -------------------------------------------------------------------------------

  /**
   * Where the file of a message lies; it is fetched first if it is not here yet. Of one that may be
   * seen once the place is good until the client is closed, and there is no second time. Fails with
   * a {@link MediaException}.
   */
  public CompletableFuture<Path> fetch(Message message) {
    return fetching
        .computeIfAbsent(
            message.id(),
            _ -> CompletableFuture.supplyAsync(() -> inTurn(() -> fetched(message)), threads))
        .whenComplete((_, _) -> fetching.remove(message.id()));
  }

  private Path fetched(Message message) {
    Optional<Path> here =
        engine
            .with(store -> new MediaTable(store).path(message.id()))
            .join()
            .map(shelf::absolute)
            .filter(Files::exists);
    if (here.isPresent()) {
      return here.get();
    }
    // As it is now: who asks may hold what it was before it was looked at, or deleted.
    Attachment attachment =
        engine
            .with(store -> described(store, message.id()))
            .join()
            .filter(file -> !(file.getViewOnce() && message.isOwn()))
            .orElseThrow(() ->
                new MediaException(Kind.GONE, "this message has no file that could be fetched"));
    if (attachment.getKey().size() != SealedFile.KEY_BYTES
        || attachment.getSize() < 0
        || attachment.getSize() > LIMIT_BYTES) {
      throw new MediaException(Kind.DAMAGED, "this message does not describe a file");
    }
    Path file = download(attachment, HexFormat.of().formatHex(random(ID_BYTES)));
    boolean isKept = false;
    try {
      isKept = engine.with(store -> keep(store, message.id(), file)).join();
    } finally {
      if (!isKept) {
        file.toFile().delete();
      }
    }
    if (!isKept) {
      throw new MediaException(Kind.GONE, "the message was deleted meanwhile");
    }
    return file;
  }

  /** The file of a message, if there is one that can be fetched. */
  private static Optional<Attachment> described(Database store, long message) {
    return new History(store)
        .find(message)
        .filter(now -> now.content().hasAttachment())
        .map(now -> now.content().getAttachment())
        .filter(file -> !file.getBlob().isEmpty());
  }

  private boolean keep(Database store, long message, Path file) {
    Optional<Attachment> attachment = described(store, message);
    if (attachment.isEmpty()) {
      return false;
    }
    if (attachment.get().getViewOnce()) {
      new Conversations(store).replace(message, Media::shown);
    } else {
      new MediaTable(store).add(message, shelf.relative(file), false);
    }
    return true;
  }

  /** Without the key it is never seen again. */
  private static Content shown(Content content) {
    Attachment.Builder attachment = content.getAttachment().toBuilder();
    return content.toBuilder()
        .setAttachment(attachment.clearKey().clearBlob().clearDigest().clearThumbnail())
        .build();
  }

  private Path download(Attachment attachment, String draft) {
    Path sealed = shelf.draft(draft + ".sealed");
    Path plain = shelf.draft(draft);
    try {
      blobs.get(attachment.getBlob(), SealedFile.sealedBytes(attachment.getSize()), sealed);
      if (!SealedFile.open(
          sealed, attachment.getKey(), attachment.getSize(), attachment.getDigest(), plain)) {
        throw new MediaException(Kind.DAMAGED, "what the server has is not what was sent");
      }
      return shelf.receive(
          plain, attachment.getKind(), attachment.getName(), attachment.getViewOnce());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaException(Kind.AWAY, "the client is closed", e);
    } catch (StoreException | IOException e) {
      throw new MediaException(Kind.FULL, "the file cannot be written", e);
    } finally {
      sealed.toFile().delete();
      plain.toFile().delete();
    }
  }

  // ---- Plumbing --------------------------------------------------------------------------------

  private <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    uploads.close();
    threads.shutdownNow();
    shelf.forgetShown();
  }
}
