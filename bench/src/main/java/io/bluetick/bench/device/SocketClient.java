package io.bluetick.bench.device;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects devices to gateways, thousands of them on a few event loops: by epoll on Linux, by NIO
 * elsewhere.
 */
public final class SocketClient implements AutoCloseable {
  private static final int CONNECT_LIMIT_MS = 10_000;

  /**
   * Sockets that are read before a loop looks at its clock again. With Netty's thousands it would
   * read for a tenth of a second when a server has held much back, and send nothing meanwhile.
   */
  private static final int SOCKETS_A_ROUND = 64;

  private final EventLoopGroup loops;
  private final Class<? extends Channel> channelType;
  private final SecureRandom random = new SecureRandom();
  private final Upgrade upgrade = new Upgrade(random);

  private SocketClient(EventLoopGroup loops, Class<? extends Channel> channelType) {
    this.loops = loops;
    this.channelType = channelType;
  }

  public static SocketClient start(int threads) {
    return Epoll.isAvailable()
        ? new SocketClient(
            new MultiThreadIoEventLoopGroup(
                threads,
                EpollIoHandler.newFactory(SOCKETS_A_ROUND, DefaultSelectStrategyFactory.INSTANCE)),
            EpollSocketChannel.class)
        : new SocketClient(
            new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory()),
            NioSocketChannel.class);
  }

  /** Connects a device. The listener hears how it went, and everything after. */
  public void connect(Target target, Device device, SocketListener listener) {
    connect(target, device, null, listener);
  }

  /**
   * As {@link #connect(Target, Device, SocketListener)}, from a given address of this machine: each
   * has some 28,000 ports towards one gateway.
   */
  public void connect(
      Target target, Device device, @Nullable InetAddress source, SocketListener listener) {
    DeviceSocket socket = new DeviceSocket(this, target, device, listener);
    SocketAddress local = source == null ? null : new InetSocketAddress(source, 0);
    new Bootstrap()
        .group(loops)
        .channel(channelType)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
        .handler(socket)
        .connect(target.gateway(), local)
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            socket.notConnected(connected.cause());
          }
        });
  }

  /** Does something later, on one of the event loops. */
  public void later(Duration delay, Runnable work) {
    var _ = loops.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Drops all connections, without a word. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
  }

  Upgrade upgrade() {
    return upgrade;
  }

  SecureRandom random() {
    return random;
  }
}
