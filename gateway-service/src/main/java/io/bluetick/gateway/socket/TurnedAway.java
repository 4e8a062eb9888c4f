package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A connection that there is no room for: it is told when to come back, and that is all it costs.
 * Not by a status of the upgrade, because a browser does not show that to its script.
 */
final class TurnedAway extends ChannelInboundHandlerAdapter {
  private static final int GOODBYE_LIMIT_MS = 2_000;

  private final Duration goAwayDelay;

  TurnedAway(Duration goAwayDelay) {
    this.goAwayDelay = goAwayDelay;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long limitMs = goAwayDelay.toMillis();
    long delayMs = ThreadLocalRandom.current().nextLong(limitMs / 10, limitMs + 1);
    byte[] reason = ("go-away " + delayMs).getBytes(StandardCharsets.US_ASCII);
    ByteBuf frame = ctx.alloc().ioBuffer();
    WebSocketFrame.writeHead(frame, WebSocketFrame.CLOSE, 2 + reason.length);
    frame.writeShort(ErrorCode.UNAVAILABLE.closeCode()).writeBytes(reason);
    // After the answer to the upgrade, which still waits for the codec.
    ctx.executor().execute(() -> send(ctx, frame));
    var _ = ctx.executor().schedule(() -> close(ctx), GOODBYE_LIMIT_MS, TimeUnit.MILLISECONDS);
  }

  private static void send(ChannelHandlerContext ctx, ByteBuf frame) {
    var _ = ctx.writeAndFlush(frame, ctx.voidPromise());
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  /** A reset by the peer: it is going anyway. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(ctx);
  }

  /** The peer's goodbye, or what it sent before it read ours. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }
}
