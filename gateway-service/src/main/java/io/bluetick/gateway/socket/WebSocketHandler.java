package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.noise.NoiseException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket half of a connection: bytes to messages and back, when to read, and the way a
 * connection closes. Its one handler in the pipeline; all of it runs on the event loop.
 *
 * <h2>Memory</h2>
 *
 * An idle connection has no buffer at all. One that waits for the rest of a frame or of a
 * fragmented message holds what came of it, at most one message and one read.
 *
 * <h2>Closing</h2>
 *
 * Who closes first says why and waits for the other's close frame, so that the reason arrives;
 * whatever else comes is dropped. After {@link SocketLoop#SWEEP_S} seconds or so the wait is over.
 */
abstract class WebSocketHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketHandler.class);

  /** Past this a reply is handed to the socket at once, not at the end of the turn. */
  private static final int FLUSH_AT_BYTES = 16 * 1024;

  private static final int FIRST_ROOM_BYTES = 256;
  private static final int CLOSE_CODE_BYTES = 2;

  /** Why a connection is not read; each is a bit. */
  static final int PAUSED_FOR_ANSWER = 1;

  static final int PAUSED_FOR_LOG = 2;
  static final int PAUSED_FOR_TICKS = 4;
  static final int PAUSED_FOR_SOCKET = 8;

  final SocketLoop loop;
  private ChannelHandlerContext context;
  private @Nullable ByteBuf unread;
  private @Nullable ByteBuf fragments;
  private @Nullable ByteBuf unsent;
  private byte paused;
  private boolean processing;
  private boolean willFlush;
  private boolean closing;

  WebSocketHandler(SocketLoop loop, ChannelHandlerContext context) {
    this.loop = loop;
    this.context = context; // Of whoever takes over the pipeline, until ours is there.
  }

  /**
   * A whole message, in {@link SocketLoop#in} and only there: it is overwritten by the next.
   *
   * @throws Violation if the connection must end
   */
  abstract void onMessage(int length);

  /** Whether another message may be handled now; if not, it has paused itself. */
  abstract boolean mayHandle();

  /** All that could be read of the last bytes was. */
  abstract void onTurnEnd();

  /** What is to be added before a flush. */
  abstract void onFlush();

  /**
   * A frame came that carries nothing by itself: a ping, a pong, a fragment.
   *
   * @throws Violation if that is too many of them, or not the time for it
   */
  abstract void onExtraFrame();

  /** A whole frame came. */
  abstract void onHeard();

  /** The socket has sent what was too much for it. */
  abstract void onWritable();

  /** The connection ends, for a reason of ours or of the peer's (null). Called once. */
  abstract void onEnd(@Nullable ErrorCode code);

  /** The channel is gone. Called once, after {@link #onEnd}. */
  abstract void onGone();

  // ---- Reading ------------------------------------------------------------------------------

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    loop.context.metrics().bytesIn(bytes.readableBytes());
    if (unread == null) {
      unread = bytes;
    } else {
      unread.writeBytes(bytes);
      bytes.release();
    }
    process();
    keepRest(bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
  }

  private void process() {
    if (processing) {
      return; // A reply that made the socket writable again; the loop below goes on by itself.
    }
    processing = true;
    try {
      while (paused == 0 && unread != null && mayHandle() && loop.frame.read(unread, loop.in)) {
        onFrame();
      }
      onTurnEnd();
    } catch (Violation violation) {
      end(violation.code());
    } catch (NoiseException refused) {
      end(Violation.codeOf(refused));
    } catch (RuntimeException fault) {
      LOG.error("event=socket_failed", fault);
      end(ErrorCode.INTERNAL);
    } finally {
      processing = false;
      readOrNot();
    }
  }

  private void onFrame() {
    int length = loop.frame.length();
    if (closing) {
      if (loop.frame.opcode() == WebSocketFrame.CLOSE) {
        cut();
      }
      return;
    }
    onHeard();
    switch (loop.frame.opcode()) {
      case WebSocketFrame.BINARY, WebSocketFrame.CONTINUATION -> onData(length);
      case WebSocketFrame.PING -> {
        onExtraFrame();
        append(WebSocketFrame.PONG, loop.in, length);
      }
      case WebSocketFrame.CLOSE -> onPeerClose(length);
      default -> onExtraFrame(); // A pong: that something came is all it says.
    }
  }

  private void onData(int length) {
    boolean first = loop.frame.opcode() == WebSocketFrame.BINARY;
    if (first != (fragments == null)) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    if (first && loop.frame.isLast()) {
      onMessage(length);
      return;
    }
    onExtraFrame();
    ByteBuf message = fragments;
    if (message == null) {
      message = context.alloc().heapBuffer(Math.max(length, FIRST_ROOM_BYTES));
      fragments = message;
    }
    if (message.readableBytes() + length > WebSocketFrame.MAX_PAYLOAD_BYTES) {
      throw new Violation(ErrorCode.PAYLOAD_TOO_LARGE);
    }
    message.writeBytes(loop.in, 0, length);
    if (loop.frame.isLast()) {
      int whole = message.readableBytes();
      message.readBytes(loop.in, 0, whole);
      message.release();
      fragments = null;
      onMessage(whole);
    }
  }

  /**
   * What is left of the last bytes is copied out of the buffer they came in, which is large. A
   * buffer of our own is kept as long as there is something in it.
   */
  @SuppressWarnings("ReferenceEquality") // Whether it is the same memory is the question.
  private void keepRest(@Nullable ByteBuf arrived) {
    ByteBuf bytes = unread;
    if (bytes == null) {
      return;
    }
    if (!bytes.isReadable() || !context.channel().isOpen()) {
      unread = null;
      bytes.release();
    } else if (bytes == arrived) {
      int rest = Math.max(bytes.readableBytes(), FIRST_ROOM_BYTES);
      unread = context.alloc().heapBuffer(rest).writeBytes(bytes);
      bytes.release();
    } else {
      bytes.discardSomeReadBytes();
    }
  }

  final void pause(int reason) {
    paused |= (byte) reason;
    readOrNot();
  }

  final void resume(int reason) {
    if ((paused & reason) == 0) {
      return;
    }
    paused &= (byte) ~reason;
    if (paused == 0 && unread != null) {
      process();
      keepRest(null);
      flush();
    }
    readOrNot();
  }

  private void readOrNot() {
    boolean read = paused == 0;
    if (context.channel().isOpen() && context.channel().config().isAutoRead() != read) {
      context.channel().config().setAutoRead(read);
    }
  }

  // ---- Writing ------------------------------------------------------------------------------

  /** Adds a frame to what is sent when this turn of the event loop ends. */
  final void append(int opcode, byte[] payload, int length) {
    if (closing) {
      return;
    }
    int bytes = WebSocketFrame.headBytes(length) + length;
    ByteBuf buffer = unsent;
    if (buffer == null) {
      buffer = context.alloc().ioBuffer(Math.max(bytes, FIRST_ROOM_BYTES));
      unsent = buffer;
    }
    WebSocketFrame.writeHead(buffer, opcode, length);
    buffer.writeBytes(payload, 0, length);
    willFlushLater();
    if (buffer.readableBytes() >= FLUSH_AT_BYTES) {
      write();
    }
  }

  /** Asks for a {@link #flush} at the end of the turn. */
  final void willFlushLater() {
    if (!willFlush) {
      willFlush = true;
      loop.unflushed(this);
    }
  }

  final void flush() {
    if (!closing) {
      onFlush();
    }
    write();
  }

  /** The flush that {@link #willFlushLater} asked for. */
  final void flushInTurn() {
    willFlush = false;
    flush();
  }

  private void write() {
    ByteBuf bytes = unsent;
    if (bytes != null) {
      unsent = null;
      loop.context.metrics().bytesOut(bytes.readableBytes());
      var _ = context.writeAndFlush(bytes, context.voidPromise());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (isWritable()) {
      resume(PAUSED_FOR_SOCKET);
      onWritable();
    } else if (!closing) {
      pause(PAUSED_FOR_SOCKET); // Who does not read our replies is not read either.
    }
  }

  final boolean isWritable() {
    return context.channel().isWritable();
  }

  /** Whether nothing waits to be sent on the socket. */
  final boolean isDrained() {
    return context.channel().bytesBeforeUnwritable() >= loop.context.settings().writeLimitBytes();
  }

  // ---- Closing ------------------------------------------------------------------------------

  final void end(ErrorCode code) {
    end(code, code.closeCode(), code.slug());
  }

  /** Sends what waits, then the reason. */
  final void end(ErrorCode code, int closeCode, String reason) {
    if (closing) {
      cut(); // The wait for the peer's goodbye is not worth another offence.
      return;
    }
    flush();
    if (closing) {
      return; // The flush showed that the channel is gone.
    }
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    byte[] payload = new byte[CLOSE_CODE_BYTES + text.length];
    payload[0] = (byte) (closeCode >>> 8);
    payload[1] = (byte) closeCode;
    System.arraycopy(text, 0, payload, CLOSE_CODE_BYTES, text.length);
    append(WebSocketFrame.CLOSE, payload, payload.length);
    write();
    endQuietly(code);
  }

  private void onPeerClose(int length) {
    int answered = WebSocketFrame.answerToClose(loop.in, length);
    byte[] payload = {(byte) (answered >>> 8), (byte) answered};
    append(WebSocketFrame.CLOSE, payload, payload.length);
    flush();
    endQuietly(null);
    cut();
  }

  private void endQuietly(@Nullable ErrorCode code) {
    closing = true;
    paused = 0;
    readOrNot();
    onEnd(code);
  }

  /** Closes without a word: nobody listens any more. */
  final void cut() {
    var _ = context.close();
  }

  /** Not read for a reason of ours, so that its silence says nothing. */
  final boolean isHeldByUs() {
    return (paused & (PAUSED_FOR_LOG | PAUSED_FOR_TICKS)) != 0;
  }

  final boolean isClosing() {
    return closing;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean abrupt = !closing;
    closing = true;
    release(unread);
    release(fragments);
    release(unsent);
    unread = null;
    fragments = null;
    unsent = null;
    if (abrupt) {
      onEnd(null);
    }
    onGone();
  }

  private static void release(@Nullable ByteBuf bytes) {
    if (bytes != null) {
      bytes.release();
    }
  }

  /** A reset by the peer is everyday; anything else is a fault of ours, told once, here. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("event=socket_failed", cause);
    }
    cut();
  }
}
