package io.bluetick.client.delivery;

import io.bluetick.client.signal.PreKeys;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A key server whose uploads can be lost, on the way there or on the way back. */
final class LossyKeys implements KeyServer {
  /** What was uploaded, also if it was lost. */
  final List<PreKeys.Fresh> uploads = new CopyOnWriteArrayList<>();

  private final KeyServer server;
  private volatile Loss loss = Loss.NONE;

  /** What is lost. */
  enum Loss {
    NONE,
    UPLOADS,
    ANSWERS
  }

  LossyKeys(KeyServer server) {
    this.server = server;
  }

  void lose(Loss what) {
    loss = what;
  }

  @Override
  public Answer<Keys> list(AccountId account) {
    return server.list(account);
  }

  @Override
  public Answer<Keys> bundles(AccountId account, Set<Integer> devices) {
    return server.bundles(account, devices);
  }

  @Override
  public Answer<Stock> stock() {
    return server.stock();
  }

  @Override
  public Answer<Stock> upload(PreKeys.Fresh keys) {
    uploads.add(keys);
    return switch (loss) {
      case NONE -> server.upload(keys);
      case UPLOADS -> new Later<>(Duration.ZERO);
      case ANSWERS -> {
        var _ = server.upload(keys);
        yield new Later<>(Duration.ZERO);
      }
    };
  }
}
