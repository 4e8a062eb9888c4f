package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.DeviceSocket;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.SocketListener;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.member.Member;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Welcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The primary device of an account, and its socket. */
record Phone(Member member, SocketClient sockets, Target target) {
  private static final long LIMIT_S = 30;

  /** A connection, and what became of it. */
  static final class Connection implements SocketListener {
    private final CompletableFuture<Welcome> opened = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    @Override
    public void opened(DeviceSocket socket, Welcome welcome) {
      opened.complete(welcome);
    }

    @Override
    public void ended(DeviceSocket socket, Ending ending) {
      ended.complete(ending);
      opened.completeExceptionally(new AssertionError(ending.describe()));
    }

    Connection open() throws Exception {
      assertThat(opened.get(LIMIT_S, TimeUnit.SECONDS).getEpoch()).isPositive();
      return this;
    }

    boolean isOpen() {
      return opened.isDone() && !ended.isDone();
    }

    /** The close code and the reason. */
    String ending() throws Exception {
      return switch (ended.get(LIMIT_S, TimeUnit.SECONDS)) {
        case Ending.Refused(var _, int code, String reason) -> code + " " + reason;
        case Ending other -> other.describe();
      };
    }
  }

  Connection connect() {
    return connect(member.noise());
  }

  /** With keys that may be somebody else's. */
  Connection connect(StaticKeys keys) {
    Connection connection = new Connection();
    sockets.connect(target, new Device(member.account(), 0, keys), connection);
    return connection;
  }
}
