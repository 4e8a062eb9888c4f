package io.bluetick.bench.sockets;

import io.bluetick.bench.load.Exchange;
import io.bluetick.bench.load.Failures;
import io.bluetick.bench.load.Fleet;
import io.bluetick.bench.load.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Exchanges of a fleet with the gateway, and the processor time they cost. */
final class Exchanges {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** An exchange is first done in this part of its size, so that it is compiled. */
  private static final int WARM_UP_SHARE = 4;

  private final Gateway gateway;
  private final Fleet fleet;
  private final Failures failures;

  /**
   * How an exchange is done.
   *
   * @param window 1 means that there is one request in flight per socket
   * @param requests in all
   */
  record Shape(int sockets, int window, long requests) {}

  /** What the answered requests of one exchange cost. */
  record Cost(long answered, long gatewayMicros, OptionalLong kafkaMicros, double seconds) {}

  Exchanges(Gateway gateway, Fleet fleet, Failures failures) {
    this.gateway = gateway;
    this.fleet = fleet;
    this.failures = failures;
  }

  Cost measure(Shape shape, Supplier<Script> scripts) throws IOException, InterruptedException {
    Exchange exchange = new Exchange(fleet, shape.sockets(), shape.window(), scripts, failures);
    exchange.run(shape.requests() / WARM_UP_SHARE, LIMIT);
    long start = System.nanoTime();
    long gatewayBefore = gateway.process().cpuMicros();
    OptionalLong kafkaBefore = kafkaMicros();
    long answered = exchange.run(shape.requests(), LIMIT);
    long gatewayMicros = gateway.process().cpuMicros() - gatewayBefore;
    OptionalLong kafkaAfter = kafkaMicros();
    double seconds = (System.nanoTime() - start) / 1e9;
    OptionalLong kafka =
        kafkaBefore.isPresent() && kafkaAfter.isPresent()
            ? OptionalLong.of(kafkaAfter.getAsLong() - kafkaBefore.getAsLong())
            : OptionalLong.empty();
    return new Cost(answered, gatewayMicros, kafka, seconds);
  }

  private OptionalLong kafkaMicros() throws IOException {
    return gateway.kafka().isPresent()
        ? OptionalLong.of(gateway.kafka().get().cpuMicros())
        : OptionalLong.empty();
  }
}
