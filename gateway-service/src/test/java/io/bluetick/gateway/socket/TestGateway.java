package io.bluetick.gateway.socket;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.socket.SocketContext.Admission;
import io.bluetick.gateway.socket.SocketContext.Outside;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.OutboundBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The sockets in a real web server, with all that lies behind them in the hands of the test. */
final class TestGateway implements AutoCloseable {
  static final String NODE = "g1";

  /** The web server takes its time for it. */
  static final String SLOW_PATH = "/slow";

  private static final Duration SLOWNESS = Duration.ofMillis(300);

  /** A connection of another gateway that was displaced. */
  record Told(String node, long connection, long epoch) {}

  final RecordingTopic mailbox = new RecordingTopic();
  final RecordingTopic presence = new RecordingTopic();
  final Queue<Told> told = new ConcurrentLinkedQueue<>();
  final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final SocketGroup sockets;
  private final StaticKeys key = StaticKeys.generate(new SecureRandom());
  private final StaticKeys previousKey = StaticKeys.generate(new SecureRandom());
  private final Greeter greeter;
  private final DisposableServer server;

  TestGateway(Sessions sessions, Map<String, Object> settings) {
    this(sessions, settings, Map.of());
  }

  /**
   * @param settings of {@link SocketSettings}, by the names that operators use
   * @param options of the sockets that the server accepts
   */
  TestGateway(
      Sessions sessions,
      Map<String, Object> settings,
      Map<ChannelOption<Integer>, Integer> options) {
    SocketSettings bound =
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("bluetick.socket", SocketSettings.class);
    SocketMetrics metrics = new SocketMetrics(meters);
    Rates rates = new Rates(bound);
    greeter = new Greeter(new ServerKeys(List.of(key, previousKey)), new SecureRandom(), 64);
    sockets =
        new SocketGroup(
            new SocketContext(
                NODE,
                bound,
                Clock.systemUTC(),
                new Outside(
                    sessions,
                    mailbox,
                    presence,
                    (node, connection, epoch) -> told.add(new Told(node, connection, epoch))),
                new Admission(
                    greeter, new Openings(bound.maxOpening(), bound.concurrentOpens()), rates),
                new ClientFrames(mailbox, presence, rates, metrics),
                metrics));
    sockets.begin();
    server = serve(options);
  }

  private DisposableServer serve(Map<ChannelOption<Integer>, Integer> options) {
    HttpServer http =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) ->
                request.uri().equals(SLOW_PATH)
                    ? response.sendString(Mono.just("slow").delayElement(SLOWNESS))
                    : response.status(404).sendString(Mono.just("rest")))
            .doOnChannelInit((_, channel, _) -> channels.add(channel));
    http = SocketUpgrade.into(http, sockets);
    for (Map.Entry<ChannelOption<Integer>, Integer> option : options.entrySet()) {
      http = http.childOption(option.getKey(), option.getValue());
    }
    return http.bindNow();
  }

  int port() {
    return server.port();
  }

  byte[] publicKey() {
    return key.publicKey();
  }

  byte[] previousPublicKey() {
    return previousKey.publicKey();
  }

  void deliver(Delivery.Builder... deliveries) {
    OutboundBatch.Builder batch = OutboundBatch.newBuilder();
    for (Delivery.Builder delivery : deliveries) {
      batch.addDeliveries(delivery);
    }
    sockets.deliver(batch.build(), () -> {});
  }

  double counted(String meter, String... tags) {
    return meters.get(meter).tags(tags).counter().count();
  }

  @Override
  public void close() {
    server.disposeNow();
    greeter.close();
  }
}
