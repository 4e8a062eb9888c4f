package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.GatewayApplication;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.GoAway;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a deployment does: the whole gateway stops, by the hook that SIGTERM runs, in its order. */
@Backends({Backend.KAFKA, Backend.REDIS})
class DrainOnStopTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int DEVICES = 40;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Object> settings;

  DrainOnStopTest(RunningBackends backends) {
    settings = new HashMap<>(backends.all());
    settings.put("server.port", "0");
    settings.put("BLUETICK_NODE", "drained");
    settings.put("BLUETICK_SESSIONS", "first-use");
    settings.put("BLUETICK_DRAIN", "2s");
  }

  private TestDevice open(int port, byte[] serverKey) throws IOException {
    DeviceAddress address = new DeviceAddress(AccountId.random(random), 0);
    return TestDevice.open(port, serverKey, address, TestDevice.newKey(), 0);
  }

  @Test
  void a_gateway_that_stops_sends_every_device_away_before_its_web_server_ends() throws Exception {
    ConfigurableApplicationContext gateway =
        new SpringApplicationBuilder(GatewayApplication.class)
            .run(
                settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new));
    int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    byte[] serverKey =
        Base64.getDecoder().decode(gateway.getBean(Greeter.class).published().getFirst());
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> {
          open(port, serverKey).close();
          return true;
        });
    List<TestDevice> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      devices.add(open(port, serverKey));
    }
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
    for (TestDevice device : devices) {
      GoAway goAway = device.expect(ServerFrameType.GO_AWAY, GoAway.parser());
      assertThat(goAway.getRetryAfterMs()).isBetween(0, 1_000);
      RawSocket.Frame close = device.readClose();
      assertThat(close.closeCode()).isEqualTo(4503);
      assertThat(close.closeReason()).startsWith("go-away ");
      device.close();
    }
    stopped.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
