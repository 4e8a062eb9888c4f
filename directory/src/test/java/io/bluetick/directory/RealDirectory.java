package io.bluetick.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.directory.DirectoryBatch.Open;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.KnownDevice;
import io.bluetick.protocol.v1.KnownDevices;
import io.bluetick.testkit.RunningBackends;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A link to a real Redis that counts its writes, and a look at what Redis has. */
final class RealDirectory implements AutoCloseable {
  static final Place HERE = new Place("g1", 1);
  static final Place THERE = new Place("g2", -2);

  /** Writes to the network. One that is answered before the next begins is a round trip. */
  final AtomicInteger writes = new AtomicInteger();

  final RedisCommands<String, String> redis;
  final DirectoryLink link;
  final DirectoryWriter writer;
  private final ClientResources resources;
  private final RedisClient client;
  private final SecureRandom random = new SecureRandom();

  RealDirectory(RunningBackends backends) {
    this(
        backends.get("BLUETICK_REDIS") + "/" + backends.get("BLUETICK_REDIS_DATABASE"),
        DirectoryLimits.DEFAULTS);
  }

  RealDirectory(String address, DirectoryLimits limits) {
    RedisURI uri = RedisURI.create("redis://" + address);
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .nettyCustomizer(
                new io.lettuce.core.resource.NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    channel.pipeline().addFirst(counting());
                  }
                })
            .build();
    link = new DirectoryLink(resources, uri, limits);
    writer = new DirectoryWriter(link);
    client = RedisClient.create();
    redis = connected(uri);
  }

  private RedisCommands<String, String> connected(RedisURI uri) {
    StatefulRedisConnection<String, String> connection = client.connect(uri);
    return connection.sync();
  }

  private ChannelOutboundHandlerAdapter counting() {
    return new ChannelOutboundHandlerAdapter() {
      @Override
      public void flush(ChannelHandlerContext context) {
        writes.incrementAndGet();
        context.flush();
      }
    };
  }

  AccountId account() {
    return AccountId.random(random);
  }

  DeviceAddress device() {
    return new DeviceAddress(account(), 0);
  }

  /** A list in which each of the devices 0 to 4 has been registered once. */
  static DeviceList list(long version) {
    return list(version, 1);
  }

  static DeviceList list(long version, int registration) {
    KnownDevices.Builder devices = KnownDevices.newBuilder().setVersion(version);
    for (int number = 0; number < 5; number++) {
      devices.addDevices(
          KnownDevice.newBuilder()
              .setDevice(number)
              .setRegistration(registration)
              .setSinceVersion(1));
    }
    return new DeviceList(devices.build());
  }

  static Open open(DeviceAddress device, Place place, long nowMs) {
    return new Open(device, 1, place, 0, nowMs, list(1));
  }

  Opening.Opened opened(DeviceAddress device, Place place) {
    return opened(open(device, place, 1_000));
  }

  Opening.Opened opened(Open open) {
    Opening answer = run(batch -> batch.open(open));
    assertThat(answer).isInstanceOf(Opening.Opened.class);
    return (Opening.Opened) answer;
  }

  List<LiveRoute> routes(DeviceAddress device) {
    return run(batch -> batch.routes(device.account(), List.of(device.device()), 99));
  }

  /** One operation by itself. */
  <T> T run(Function<DirectoryBatch, CompletionStage<T>> operation) {
    DirectoryBatch batch = writer.batch();
    CompletionStage<T> answer = operation.apply(batch);
    batch.send();
    return answered(answer);
  }

  static <T> T answered(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.shutdown();
    link.close();
    var _ = resources.shutdown();
  }
}
