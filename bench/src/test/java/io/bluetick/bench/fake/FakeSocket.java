package io.bluetick.bench.fake;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.noise.NoiseCipher;
import io.bluetick.protocol.noise.NoiseException;
import io.bluetick.protocol.noise.NoiseResponder;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Greeting;
import io.bluetick.protocol.v1.Hello;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of a device. */
final class FakeSocket extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
  private final FakeGateway gateway;
  private final NoiseCipher cipher = new NoiseCipher();
  private final NoiseResponder handshake;
  private @Nullable NoiseChannel channel;
  private ByteString account = ByteString.EMPTY;
  private FakeMailboxes.@Nullable Connection open;
  private final Map<Integer, ByteString> aliases = new HashMap<>();

  FakeSocket(FakeGateway gateway) {
    this.gateway = gateway;
    this.handshake = new NoiseResponder(Wire.prologue(), List.of(gateway.keys()), gateway.random());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof HandshakeComplete) {
      gateway.came.incrementAndGet();
      if (gateway.toShed.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        close(context, 4503, "go-away " + gateway.shedDelayMs);
      }
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame)
      throws InvalidProtocolBufferException {
    byte[] message = ByteBufUtil.getBytes(frame.content());
    try {
      if (channel == null) {
        greet(context, message);
      } else {
        byte[] plain = new byte[message.length - NoiseCipher.TAG_BYTES];
        cipher.open(channel, message, 0, message.length, plain, 0);
        answer(context, plain);
      }
    } catch (NoiseException e) {
      close(context, ErrorCode.UNAUTHENTICATED);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (open != null) {
      gateway.mailboxes().close(account, open);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close(); // What the fake cannot do must not look like silence.
  }

  private void greet(ChannelHandlerContext context, byte[] message)
      throws InvalidProtocolBufferException {
    NoiseResponder.Opening opening = handshake.read(message, 0, message.length);
    Hello hello = Hello.parseFrom(opening.payload());
    if (hello.getVersion() != Wire.VERSION || hello.getAccount().size() != 16) {
      close(context, ErrorCode.UPGRADE_REQUIRED);
      return;
    }
    account = hello.getAccount();
    byte[] greeting = Greeting.newBuilder().setVersion(Wire.VERSION).build().toByteArray();
    byte[] second = handshake.write(greeting);
    channel = handshake.channel();
    var _ = context.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(second)));
  }

  private void answer(ChannelHandlerContext context, byte[] frame)
      throws InvalidProtocolBufferException {
    ClientFrameType type = ClientFrameType.forNumber(frame[0]);
    if (open == null && type != ClientFrameType.OPEN) {
      close(context, ErrorCode.OUT_OF_ORDER);
      return;
    }
    switch (type) {
      case OPEN -> {
        long acknowledged = Frames.decode(Open.parser(), frame, 0, frame.length).getAcknowledged();
        // A device must answer this and go on.
        var _ = context.write(new PingWebSocketFrame());
        send(context, ServerFrameType.WELCOME, Welcome.newBuilder().setEpoch(1).build());
        open = (kind, message) -> send(context, kind, message);
        gateway.mailboxes().open(account, acknowledged, open);
      }
      case PING -> {
        long number = Frames.decode(Ping.parser(), frame, 0, frame.length).getNumber();
        send(context, ServerFrameType.PONG, Pong.newBuilder().setNumber(number).build());
      }
      case SEND_TO_ACCOUNT -> {
        SendToAccount message = Frames.decode(SendToAccount.parser(), frame, 0, frame.length);
        if (!message.getAccount().isEmpty()) {
          aliases.put(message.getTo(), message.getAccount());
        }
        ByteString to = requireNonNull(aliases.get(message.getTo()));
        gateway.mailboxes().send(account, to, message, requireNonNull(open));
      }
      case ACKNOWLEDGE -> {
        long upTo = Frames.decode(Acknowledge.parser(), frame, 0, frame.length).getUpTo();
        gateway.mailboxes().acknowledge(account, upTo);
      }
      case null, default -> {
        String code = ErrorCode.UNKNOWN_FRAME.slug();
        send(context, ServerFrameType.REFUSED, Refused.newBuilder().setCode(code).build());
      }
    }
  }

  private void send(ChannelHandlerContext context, ServerFrameType type, MessageLite message) {
    byte[] frame = Frames.encode(type, message);
    byte[] sealed = new byte[frame.length + NoiseCipher.TAG_BYTES];
    cipher.seal(requireNonNull(channel), frame, 0, frame.length, sealed, 0);
    var _ = context.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(sealed)));
  }

  private static void close(ChannelHandlerContext context, ErrorCode code) {
    close(context, code.closeCode(), code.slug());
  }

  private static void close(ChannelHandlerContext context, int code, String reason) {
    var _ = context.writeAndFlush(new CloseWebSocketFrame(code, reason));
  }
}
