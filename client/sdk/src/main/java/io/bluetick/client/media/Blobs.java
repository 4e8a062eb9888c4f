package io.bluetick.client.media;

import com.google.protobuf.ByteString;
import io.bluetick.client.media.MediaException.Kind;
import io.bluetick.client.rest.ApiException;
import io.bluetick.client.rest.MediaApi;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.client.store.SealedFile.Made;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server's store of media: encrypted files go there and come from there. */
final class Blobs {
  /** With so slow a connection a transfer still comes to an end. */
  private static final long SLOWEST_BYTES_PER_S = 8 << 10;

  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(30);

  /** What leaves are kept for, at most: each counts, used or not. */
  private static final int LEAVES = 64;

  /** The JDK sets them by itself, and lets nobody else. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

  private final MediaApi api;
  private final HttpClient http;

  /** By the digest of the file that they are for. */
  private final Map<ByteString, Leave> leaves = new HashMap<>();

  Blobs(MediaApi api, HttpClient http) {
    this.api = api;
    this.http = http;
  }

  /** What became of putting a file there. */
  sealed interface Put {
    /** It is there, under this name. */
    record Done(String blob) implements Put {}

    record Later(Duration after) implements Put {}

    /** It will never be taken. */
    record Refused(String code) implements Put {}
  }

  private record Leave(MediaApi.Upload upload, long untilNanos) {}

  // ---- Putting ---------------------------------------------------------------------------------

  /**
   * Puts an encrypted file there. For one thread.
   *
   * @param pause until the next try, if the server does not say
   */
  Put put(Path sealed, Made made, Duration pause) throws InterruptedException {
    try {
      MediaApi.Upload leave = leave(made);
      int status = transfer(sealed, made, leave);
      if (status / 100 == 2) {
        leaves.remove(made.sha256());
        return new Put.Done(leave.blob());
      }
      if (status / 100 == 4) {
        // Perhaps it has run out; what lies here is not what it was given for if there is another.
        leaves.remove(made.sha256());
      }
      return status == 400 ? new Put.Refused("damaged") : new Put.Later(pause);
    } catch (RefusedException e) {
      // Of tokens that ended and the like the file knows nothing: they come to life again.
      boolean isForEver = e.is(ErrorCode.PAYLOAD_TOO_LARGE) || e.is(ErrorCode.INVALID);
      return isForEver ? new Put.Refused(e.slug()) : new Put.Later(e.retryAfter().orElse(pause));
    } catch (ApiException | IOException | IllegalArgumentException e) {
      // The last one: what the server calls a link is none.
      return new Put.Later(pause);
    }
  }

  private MediaApi.Upload leave(Made made) {
    Leave before = leaves.get(made.sha256());
    if (before != null && System.nanoTime() - before.untilNanos() < 0) {
      return before.upload();
    }
    MediaApi.Upload upload = api.upload(made.bytes(), made.sha256());
    if (leaves.size() >= LEAVES) {
      leaves.clear();
    }
    leaves.put(
        made.sha256(),
        new Leave(upload, System.nanoTime() + TimeUnit.SECONDS.toNanos(upload.validForS())));
    return upload;
  }

  private int transfer(Path sealed, Made made, MediaApi.Upload leave)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(leave.url())
            // An offer of HTTP/2 would go with the whole file.
            .version(HttpClient.Version.HTTP_1_1)
            .PUT(HttpRequest.BodyPublishers.ofFile(sealed));
    leave
        .headers()
        .forEach((name, value) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    return exchange(request.build(), BodyHandlers.discarding(), made.bytes()).statusCode();
  }

  // ---- Getting ---------------------------------------------------------------------------------

  /**
   * Gets an encrypted file. For any thread.
   *
   * @param bytes that it must have, and that are read at most
   * @throws MediaException if it cannot be had
   */
  void get(String blob, long bytes, Path into) throws InterruptedException {
    try {
      MediaApi.Download leave = api.download(blob);
      if (leave.size() != bytes) {
        throw new MediaException(Kind.DAMAGED, "the file on the server has another length");
      }
      Files.deleteIfExists(into);
      HttpRequest request = HttpRequest.newBuilder(leave.url()).GET().build();
      int status =
          exchange(
                  request,
                  info ->
                      info.statusCode() == 200
                          ? BodyHandlers.limiting(BodyHandlers.ofFile(into), bytes).apply(info)
                          : HttpResponse.BodySubscribers.replacing(into),
                  bytes)
              .statusCode();
      if (status == 404) {
        throw new MediaException(Kind.GONE, "the server does not have the file any more");
      }
      if (status != 200) {
        throw new MediaException(Kind.AWAY, "the store answered " + status);
      }
    } catch (RefusedException e) {
      throw new MediaException(
          e.is(ErrorCode.NOT_FOUND) ? Kind.GONE : Kind.AWAY, "the server refused: " + e.slug(), e);
    } catch (ApiException | IOException | IllegalArgumentException e) {
      throw new MediaException(Kind.AWAY, "the file could not be fetched", e);
    }
  }

  /** A timeout of the JDK's own would end with the headers, and let a body trickle for ever. */
  private <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, long bytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> pending = http.sendAsync(request, handler);
    boolean isDone = false;
    try {
      Duration limit = SHORTEST_LIMIT.plusSeconds(bytes / SLOWEST_BYTES_PER_S);
      HttpResponse<T> answer = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      isDone = true;
      return answer;
    } catch (TimeoutException e) {
      throw new IOException("too slow", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException away ? away : new IOException(e.getCause());
    } finally {
      if (!isDone) {
        pending.cancel(true);
      }
    }
  }
}
