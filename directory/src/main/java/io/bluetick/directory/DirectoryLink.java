package io.bluetick.directory;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to Redis by which a process reads or writes the directory, made when first
 * used and again after it was given up. Any thread may use it; none waits.
 *
 * <p>Commands that are sent together go out by one write. While the connection is lost, they fail
 * at once instead of waiting for it.
 */
public final class DirectoryLink implements AutoCloseable {
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);

  private final RedisClient client;
  private final RedisURI uri;
  private @Nullable CompletableFuture<? extends StatefulConnection<String, byte[]>> connection;

  /**
   * A link; it connects later.
   *
   * @param resources threads of Lettuce; the caller ends them, after the link
   */
  public DirectoryLink(ClientResources resources, RedisURI uri, DirectoryLimits limits) {
    this.uri = RedisURI.builder(uri).withTimeout(limits.connectTimeout()).build(); // Its greeting.
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(limits.waiting())
            .socketOptions(SocketOptions.builder().connectTimeout(limits.connectTimeout()).build())
            .timeoutOptions(TimeoutOptions.enabled(limits.timeout()))
            .build());
  }

  /** Sends commands in their order. Each completes by itself, or fails as typed. */
  void send(List<? extends AsyncCommand<String, byte[], ?>> commands) {
    connected()
        .whenComplete((link, failure) -> {
          if (failure != null) {
            commands.forEach(command -> command.completeExceptionally(failure));
          } else {
            dispatch(link, commands);
          }
        });
  }

  private void dispatch(
      StatefulConnection<String, byte[]> link,
      List<? extends AsyncCommand<String, byte[], ?>> commands) {
    try {
      link.dispatch(commands);
    } catch (RuntimeException e) {
      commands.forEach(command -> command.completeExceptionally(e));
    }
    var _ =
        commands
            .getLast()
            .whenComplete((_, failure) -> {
              if (failure instanceof RedisCommandTimeoutException) {
                giveUp(link);
              }
            });
  }

  private synchronized CompletionStage<? extends StatefulConnection<String, byte[]>> connected() {
    CompletableFuture<? extends StatefulConnection<String, byte[]>> known = connection;
    if (known == null || known.isCompletedExceptionally()) {
      known = client.connectAsync(CODEC, uri).toCompletableFuture();
      connection = known;
    }
    return known;
  }

  /** One to a host that is gone would be believed in for a quarter of an hour. */
  private synchronized void giveUp(StatefulConnection<String, byte[]> silent) {
    CompletableFuture<? extends StatefulConnection<String, byte[]>> known = connection;
    if (known != null && silent.equals(known.getNow(null))) {
      connection = null;
      var _ = silent.closeAsync(); // Whether that succeeds matters to nobody any more.
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
