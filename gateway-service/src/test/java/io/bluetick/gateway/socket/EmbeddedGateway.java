package io.bluetick.gateway.socket;

import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.gateway.socket.SocketContext.Admission;
import io.bluetick.gateway.socket.SocketContext.Outside;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.protocol.noise.StaticKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The sockets without a network: real handlers in channels that are fed by hand, on a loop whose
 * tasks the test runs. Keys are fixed, so that an input means the same in every run.
 */
final class EmbeddedGateway {
  private static final int TASK_LIMIT_S = 10;

  final StaticKeys key = StaticKeys.ofPrivate(filled(1));
  final SocketGroup sockets;
  final Openings openings;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final SocketLoop loop;

  EmbeddedGateway(Map<String, Object> settings, CommandTopic mailbox, CommandTopic presence) {
    SocketSettings bound =
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("bluetick.socket", SocketSettings.class);
    SocketMetrics metrics = new SocketMetrics(new SimpleMeterRegistry());
    Rates rates = new Rates(bound);
    openings = new Openings(bound.maxOpening(), bound.concurrentOpens());
    sockets =
        new SocketGroup(
            new SocketContext(
                "g1",
                bound,
                Clock.systemUTC(),
                new Outside(SessionsForTests.firstUse(), mailbox, presence, (_, _, _) -> {}),
                new Admission(
                    new Greeter(new ServerKeys(List.of(key)), new SecureRandom(), 64),
                    openings,
                    rates),
                new ClientFrames(mailbox, presence, rates, metrics),
                metrics));
    sockets.begin();
    loop = sockets.on(eventLoop());
  }

  static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Of an event loop the sockets need no more than this. */
  private EventLoop eventLoop() {
    return (EventLoop)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EventLoop.class},
            (_, method, arguments) -> onLoop(method, arguments));
  }

  private @Nullable Object onLoop(Method method, @Nullable Object @Nullable [] arguments) {
    if (method.getName().equals("hashCode")) {
      return tasks.hashCode();
    }
    if (method.getName().equals("execute") && arguments != null) {
      tasks.add((Runnable) Objects.requireNonNull(arguments[0]));
      return null;
    }
    if (method.getName().startsWith("schedule")) {
      return null; // Time stands still here.
    }
    throw new UnsupportedOperationException(method.toString());
  }

  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** For what is answered by another thread. */
  void awaitTask() {
    try {
      Runnable task = tasks.poll(TASK_LIMIT_S, TimeUnit.SECONDS);
      if (task == null) {
        throw new AssertionError("the loop was given nothing to do");
      }
      task.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    runTasks();
  }

  Peer connect() {
    return new Peer();
  }

  int known() {
    return loop.table.size();
  }

  /** A frame of the gateway's. */
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(int opcode, byte[] payload) {}

  /** The other end of a connection. */
  final class Peer {
    final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    final EmbeddedChannel channel = new EmbeddedChannel();
    final SocketConnection connection;

    Peer() {
      channel.config().setAllocator(memory);
      if (sockets.enter() != null) {
        throw new AssertionError("there is no room for the connection");
      }
      channel.pipeline().addLast("before", new ChannelInboundHandlerAdapter());
      ChannelHandlerContext before = channel.pipeline().context("before");
      connection = new SocketConnection(loop, before);
      channel.pipeline().addLast(connection);
      channel.pipeline().remove("before");
    }

    /** Whether bytes would be read from a real socket now. */
    boolean isRead() {
      return channel.isOpen() && channel.config().isAutoRead();
    }

    void send(byte[] bytes) {
      channel.writeInbound(memory.heapBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
    }

    long usedBytes() {
      return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }

    /** All frames that came since the last time. */
    List<Frame> received() {
      List<Frame> frames = new ArrayList<>();
      for (@Nullable ByteBuf bytes = channel.readOutbound();
          bytes != null;
          bytes = channel.readOutbound()) {
        while (bytes.isReadable()) {
          frames.add(frame(bytes));
        }
        bytes.release();
      }
      return frames;
    }

    private static Frame frame(ByteBuf bytes) {
      int opcode = bytes.readUnsignedByte();
      if ((opcode & 0xF0) != 0x80) {
        throw new AssertionError("the gateway does not send fragments: " + opcode);
      }
      int length = bytes.readUnsignedByte();
      byte[] payload = new byte[length == 126 ? bytes.readUnsignedShort() : length];
      bytes.readBytes(payload);
      return new Frame(opcode & 0x0F, payload);
    }

    /** Hangs up; after this nothing of the connection may be left. */
    void hangUp() {
      channel.finishAndReleaseAll();
      runTasks();
      channel.releaseOutbound();
    }
  }
}
