package io.bluetick.gateway.edge;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.netty.resources.ConnectionProvider;

/** The way to services for tests of others who use it. */
public final class UpstreamClientForTests implements AutoCloseable {
  private final ConnectionProvider connections;
  private final UpstreamClient client;

  /**
   * A way to one service.
   *
   * @param session URL of session-service
   */
  public UpstreamClientForTests(String session) {
    UpstreamSettings settings =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of("bluetick.edge.upstream.url.session", session)))
            .bindOrCreate("bluetick.edge.upstream", UpstreamSettings.class);
    connections = UpstreamClient.connections(settings);
    client = new UpstreamClient(UpstreamClient.http(connections, settings), settings);
  }

  public UpstreamClient client() {
    return client;
  }

  @Override
  public void close() {
    connections.dispose();
  }
}
