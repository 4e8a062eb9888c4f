package io.bluetick.gateway.socket;

import io.bluetick.protocol.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Stands behind the HTTP codec of every connection and takes the sockets out: on an upgrade of
 * {@link Wire#PATH} it answers by itself, removes all of the web server's handlers and leaves
 * {@link SocketConnection} as the only one. What is no such upgrade goes on to the web server.
 *
 * <p>The web server's own WebSocket would keep some 6 KB more of heap for each idle connection.
 */
final class SocketUpgrade extends ChannelDuplexHandler {
  /** RFC 6455, section 1.3. */
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String VERSION = "13";
  private static final int NONCE_BYTES = 16;

  /** One size for all. Netty's default adapts, by a hundred bytes of state on each connection. */
  private static final RecvByteBufAllocator READS = new FixedRecvByteBufAllocator(4_096);

  private static final AttributeKey<Object> WEB_SERVER_CONNECTION =
      AttributeKey.valueOf("$CONNECTION");

  private static final String NAME = "bluetick.socketUpgrade";

  private final SocketGroup sockets;
  private @Nullable HttpRequest upgrade;
  private int unanswered;

  SocketUpgrade(SocketGroup sockets) {
    this.sockets = sockets;
  }

  /** Puts the sockets into a web server. */
  static HttpServer into(HttpServer server, SocketGroup sockets) {
    return server
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
        .doOnChannelInit((_, channel, _) ->
            channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new SocketUpgrade(sockets)));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && unanswered == 0 && isUpgrade(request)) {
      upgrade = request;
    }
    HttpRequest request = upgrade;
    if (request == null) {
      if (message instanceof HttpRequest) {
        unanswered++;
      }
      ctx.fireChannelRead(message);
      return;
    }
    boolean whole = message instanceof LastHttpContent;
    ReferenceCountUtil.release(message);
    if (whole) {
      takeOver(ctx, request);
    } else {
      ctx.read(); // The web server reads by itself, and has not seen this request.
    }
  }

  /**
   * What leaves are the web server's answers: one that is not over yet keeps the connection his.
   */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !interim && unanswered > 0) {
      unanswered--;
    }
    var _ = ctx.write(message, promise);
  }

  /** One that is malformed, or speaks another subprotocol, is the web server's to refuse. */
  private static boolean isUpgrade(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return isPath(request.uri())
        && request.decoderResult().isSuccess()
        && HttpMethod.GET.equals(request.method())
        && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
        && isNonce(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && headers.containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, Wire.SUBPROTOCOL, false);
  }

  private static boolean isPath(String uri) {
    return uri.startsWith(Wire.PATH)
        && (uri.length() == Wire.PATH.length() || uri.charAt(Wire.PATH.length()) == '?');
  }

  private static boolean isNonce(@Nullable String key) {
    if (key == null) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void takeOver(ChannelHandlerContext ctx, HttpRequest request) {
    var _ = ctx.write(answer(request));
    ChannelHandlerContext codec = ctx.pipeline().context(HttpServerCodec.class);
    SocketMetrics.Shed shed = sockets.enter();
    ChannelHandler socket;
    if (shed == null) {
      socket = new SocketConnection(sockets.on((EventLoop) ctx.executor()), ctx);
    } else {
      sockets.context().metrics().shed(shed);
      socket = new TurnedAway(sockets.context().settings().goAwayDelay());
    }
    ctx.channel().config().setWriteBufferWaterMark(sockets.writeLimits());
    forgetWebServer(ctx.channel());
    ctx.pipeline().addAfter(ctx.name(), null, socket);
    removeWebServer(ctx.pipeline(), codec.handler(), socket);
    ctx.channel().config().setAutoRead(true);
    ctx.flush();
    // Last, because it hands on, through us, what it has read behind the upgrade.
    upgrade = null;
    ctx.pipeline().remove(codec.handler());
    ctx.pipeline().remove(this);
  }

  /** All of its handlers stand behind the codec; before it is TLS, if there is any. */
  private void removeWebServer(
      ChannelPipeline pipeline, ChannelHandler codec, ChannelHandler ours) {
    boolean behind = false;
    for (String name : pipeline.names()) {
      ChannelHandler handler = pipeline.get(name);
      if (behind && handler != null && !handler.equals(ours) && handler != this) {
        pipeline.remove(handler);
      }
      behind |= codec.equals(handler);
    }
  }

  /** The web server's own view of the connection hangs on the channel. Nobody asks for it again. */
  @SuppressWarnings("deprecation") // Setting null, the other way, keeps the empty attribute.
  private static void forgetWebServer(Channel channel) {
    channel.attr(WEB_SERVER_CONNECTION).getAndRemove();
  }

  private static FullHttpResponse answer(HttpRequest request) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)))
        .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, Wire.SUBPROTOCOL);
    return response;
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
