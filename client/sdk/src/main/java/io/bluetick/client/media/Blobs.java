package io.bluetick.client.media;

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
import java.util.Locale;
import java.util.Set;

/** The server's store of media: encrypted files go there and come from there. */
final class Blobs {
  /** With so slow a connection a transfer still comes to an end. */
  private static final long SLOWEST_BYTES_PER_S = 8 << 10;

  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(30);

  /** The JDK sets them by itself, and lets nobody else. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

  private final MediaApi api;
  private final HttpClient http;

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

  /**
   * Puts an encrypted file there.
   *
   * @param pause until the next try, if the server does not say
   */
  Put put(Path sealed, Made made, Duration pause) throws InterruptedException {
    try {
      MediaApi.Upload leave = api.upload(made.bytes(), made.sha256());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(leave.url())
              // An offer of HTTP/2 would go with the whole file.
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(limit(made.bytes()))
              .PUT(HttpRequest.BodyPublishers.ofFile(sealed));
      leave
          .headers()
          .forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
              request.header(name, value);
            }
          });
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      // Whatever it was, with another leave it may succeed.
      return answer.statusCode() / 100 == 2 ? new Put.Done(leave.blob()) : new Put.Later(pause);
    } catch (RefusedException e) {
      return e.isRetryable()
          ? new Put.Later(e.retryAfter().orElse(pause))
          : new Put.Refused(e.slug());
    } catch (ApiException | IOException e) {
      return new Put.Later(pause);
    }
  }

  /**
   * Gets an encrypted file.
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
      HttpRequest request = HttpRequest.newBuilder(leave.url()).timeout(limit(bytes)).GET().build();
      Files.deleteIfExists(into);
      HttpResponse<Path> answer =
          http.send(
              request,
              info ->
                  info.statusCode() == 200
                      ? BodyHandlers.limiting(BodyHandlers.ofFile(into), bytes).apply(info)
                      : HttpResponse.BodySubscribers.replacing(into));
      if (answer.statusCode() == 404) {
        throw new MediaException(Kind.GONE, "the server does not have the file any more");
      }
      if (answer.statusCode() != 200) {
        throw new MediaException(Kind.AWAY, "the store answered " + answer.statusCode());
      }
    } catch (RefusedException e) {
      throw new MediaException(
          e.is(ErrorCode.NOT_FOUND) ? Kind.GONE : Kind.AWAY, "the server refused: " + e.slug(), e);
    } catch (ApiException | IOException e) {
      throw new MediaException(Kind.AWAY, "the file could not be fetched", e);
    }
  }

  private static Duration limit(long bytes) {
    return SHORTEST_LIMIT.plusSeconds(bytes / SLOWEST_BYTES_PER_S);
  }
}
