package io.bluetick.bench.messages;

import io.bluetick.bench.stack.BenchStack.Place;
import io.bluetick.bench.stack.BenchStack.Service;
import io.bluetick.bench.stack.BenchStack.Subject;
import io.bluetick.bench.stack.RunOptions;
import io.bluetick.bench.stack.SessionEnvironment;
import io.bluetick.devstack.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All servers that a message needs, as in production but for their number. */
record WholeStack(RunOptions options, SessionEnvironment sessions, Heaps heaps) {
  static final String GATEWAY = "gateway-service";
  static final String MESSAGE = "message-service";

  /**
   * For so long after message-service took over a partition it also deletes what it never saved,
   * because a former owner may have. Two minutes in production; here it has no former owner, and
   * warming up takes longer than this.
   */
  static final Duration SUSPICION = Duration.ofSeconds(10);

  /** Frames per second, and about as high as the gateway lets it be set. */
  private static final String UNREACHED_RATE = "2000000";

  /** What the JVMs may use, as -Xmx has it. */
  record Heaps(String services, String kafka, String cassandra) {}

  Subject subject() {
    List<String> serviceOptions = new ArrayList<>(options.jvmOptions(heaps.services()));
    serviceOptions.add("-Xms" + heaps.services()); // Here nobody counts what it costs at rest.
    Service session =
        new Service(
            SessionEnvironment.MODULE,
            Set.of(Backend.POSTGRES, Backend.REDIS, Backend.KAFKA),
            serviceOptions,
            place -> options.over(sessions.own(place)));
    Service message =
        new Service(
            MESSAGE,
            Set.of(Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS),
            serviceOptions,
            place -> options.over(messageSettings(place)));
    Service gateway =
        new Service(
            GATEWAY,
            Set.of(Backend.KAFKA, Backend.REDIS),
            serviceOptions,
            place -> options.over(gatewaySettings(place)));
    return new Subject(
        List.of(session, message, gateway),
        Map.of(
            Backend.KAFKA,
            options.backendOptions(heaps.kafka()),
            Backend.CASSANDRA,
            options.backendOptions(heaps.cassandra())));
  }

  private Map<String, String> messageSettings(Place place) {
    Map<String, String> settings = sessions.common(place);
    settings.put("BLUETICK_URL_SESSION", place.url(SessionEnvironment.MODULE));
    settings.put("BLUETICK_MAILBOX_SUSPICION", SUSPICION.toSeconds() + "s");
    return settings;
  }

  private Map<String, String> gatewaySettings(Place place) {
    Map<String, String> settings = sessions.common(place);
    settings.put("BLUETICK_NODE", "bench1");
    settings.put("BLUETICK_URL_SESSION", place.url(SessionEnvironment.MODULE));
    settings.put("BLUETICK_URL_MESSAGE", place.url(MESSAGE));
    // A few connections stand for many: what one of them may send is no bound here.
    for (String limit :
        List.of("CONNECTIONRATE", "CONNECTIONBURST", "ACCOUNTRATE", "ACCOUNTBURST")) {
      settings.put("BLUETICK_SOCKET_" + limit, UNREACHED_RATE);
    }
    return settings;
  }
}
