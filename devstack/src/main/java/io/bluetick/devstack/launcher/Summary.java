package io.bluetick.devstack.launcher;

import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.part.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a newcomer wants to know once all is healthy: where things are and what to do next. */
final class Summary {

  private Summary() {}

  static String of(List<Part> parts, Duration took, Console console) {
    Map<String, Part> byName =
        parts.stream().collect(Collectors.toMap(Part::name, Function.identity()));
    return """

    %s

      gateway      http://%s
      Kafka        %s
      Cassandra    %s
      PostgreSQL   postgresql://%s:%s@%s/bluetick
      Redis        redis://%s
      S3           http://%s  (key %s, secret %s)

    Next
      curl -s http://%s/actuator/health
      ./bluetick status        who runs, and how they are
      ./bluetick logs -f       what they say
      ./bluetick down          stop everything (here: Ctrl-C)
    """
        .formatted(
            console.good("All healthy in " + Console.seconds(took) + "."),
            address(byName, "gateway-service"),
            address(byName, "kafka"),
            address(byName, "cassandra"),
            BackendSettings.POSTGRES_USER,
            BackendSettings.POSTGRES_PASSWORD,
            address(byName, "postgres"),
            address(byName, "redis"),
            address(byName, "s3"),
            BackendSettings.S3_KEY,
            BackendSettings.S3_SECRET,
            address(byName, "gateway-service"));
  }

  private static String address(Map<String, Part> parts, String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("no part " + name);
    }
    return part.host() + ":" + part.port();
  }
}
