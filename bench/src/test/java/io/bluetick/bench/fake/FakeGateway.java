package io.bluetick.bench.fake;

import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.StaticKeys;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on a free loopback port. */
public final class FakeGateway implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final SecureRandom random = new SecureRandom();
  private final StaticKeys keys = StaticKeys.generate(random);
  private final FakeMailboxes mailboxes = new FakeMailboxes();
  private final Channel server;

  /** How many of the next connections are told to go away. */
  final AtomicInteger toShed = new AtomicInteger();

  /** The connections that came so far, those that were told to go away too. */
  final AtomicInteger came = new AtomicInteger();

  volatile int shedDelayMs = 50;

  public FakeGateway() {
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  public InetSocketAddress address() {
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public byte[] publicKey() {
    return keys.publicKey();
  }

  /** The next connections are told to come back after this delay. */
  public void shed(int connections, int delayMs) {
    shedDelayMs = delayMs;
    toShed.set(connections);
  }

  /** From now on every tenth message meets with this. */
  public void misbehave(Fault fault) {
    mailboxes.fault = fault;
  }

  /** Stanzas that no device has acknowledged, as of some moment. */
  public int kept() throws InterruptedException, ExecutionException {
    return loops.submit(mailboxes::kept).get();
  }

  FakeMailboxes mailboxes() {
    return mailboxes;
  }

  public int came() {
    return came.get();
  }

  StaticKeys keys() {
    return keys;
  }

  SecureRandom random() {
    return random;
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(1 << 16))
          .addLast(new Rest())
          .addLast(new WebSocketServerProtocolHandler(Wire.PATH, Wire.SUBPROTOCOL))
          .addLast(new FakeSocket(FakeGateway.this));
    }
  }

  /** Publishes the key, and lets sockets pass. */
  private final class Rest extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.uri().equals(Wire.PATH)) {
        context.fireChannelRead(request.retain());
        return;
      }
      boolean isKnown = request.uri().equals("/.well-known/bluetick");
      String body =
          "{\"noise\":{\"protocol\":\"Noise_IK_25519_AESGCM_SHA256\",\"keys\":[\"%s\"]}}"
              .formatted(Base64.getEncoder().encodeToString(publicKey()));
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              isKnown ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
              Unpooled.copiedBuffer(isKnown ? body : "", StandardCharsets.UTF_8));
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
