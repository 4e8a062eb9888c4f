package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Ended;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Target;
import io.bluetick.protocol.v1.Welcome;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that session-service ends. */
class SocketEndingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final StaticKeys key = TestDevice.newKey();
  private final RestorableSessions sessions = new RestorableSessions();
  private TestGateway gateway = new TestGateway(sessions, Map.of());

  @AfterEach
  void close() {
    gateway.close();
  }

  private Route route() {
    return gateway
        .mailbox
        .commands(MailboxCommand::hasDeviceOnline)
        .getLast()
        .getDeviceOnline()
        .getRoute();
  }

  private void end(long connection, long epoch, String code) {
    gateway.deliver(
        Delivery.newBuilder()
            .addTargets(Target.newBuilder().setConnection(connection))
            .setEnded(Ended.newBuilder().setEpoch(epoch).setCode(code)));
  }

  private static void assertLives(TestDevice device) throws IOException {
    device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(5).build());
    assertThat(device.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(5);
  }

  @Test
  void a_session_that_may_not_go_on_is_closed_with_its_code_and_without_a_word()
      throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      Route route = route();
      end(route.getConnection(), route.getEpoch(), "suspended");
      RawSocket.Frame close = device.readFrame();
      assertThat(close.opcode()).isEqualTo(WebSocketFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(4403);
      assertThat(close.closeReason()).isEqualTo("suspended");
      await().atMost(LIMIT).until(() -> sessions.closed.contains(route.getEpoch()));
      assertThat(gateway.mailbox.commands(MailboxCommand::hasDeviceOffline)).hasSize(1);
    }
  }

  @Test
  void one_of_another_epoch_goes_on() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      Route route = route();
      end(route.getConnection(), route.getEpoch() - 1, "suspended");
      end(route.getConnection(), route.getEpoch() + 1, "suspended");
      assertLives(device);
    }
  }

  @Test
  void a_connection_that_is_gone_is_not_missed() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      Route route = route();
      end(route.getConnection() + 1, route.getEpoch(), "suspended");
      assertLives(device);
      assertThat(gateway.counted("bluetick.socket.undeliverable")).isEqualTo(1);
    }
  }

  @Test
  void who_is_ended_for_a_reason_of_the_future_asks_session_service_anew() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      Route route = route();
      end(route.getConnection(), route.getEpoch(), "nobody-knows-it-yet");
      RawSocket.Frame close = device.readFrame();
      assertThat(close.closeCode()).isEqualTo(4503);
      assertThat(close.closeReason()).startsWith("go-away ");
    }
  }

  @Test
  void an_end_that_overtakes_the_answer_to_the_opening_is_not_lost() throws IOException {
    HeldSessions held = new HeldSessions();
    gateway.close();
    gateway = new TestGateway(held, Map.of());
    try (TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key)) {
      device.upgrade();
      device.shakeHands(TestDevice.hello(alice).build());
      device.send(ClientFrameType.OPEN, Open.newBuilder().setAttempt(7).build());
      await().atMost(LIMIT).until(() -> !held.asked.isEmpty());
      assertThat(held.asked.element().attempt()).isEqualTo(7);
      long connection = held.asked.element().place().connection();
      end(connection, 4, "suspended");
      end(connection, 5, "unauthenticated");
      held.answer.complete(new Sessions.Answer.Opened(5, 1, Optional.empty()));
      device.expect(ServerFrameType.WELCOME, Welcome.parser());
      assertThat(device.readFrame().closeReason()).isEqualTo("unauthenticated");
    }
  }
}
