package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketAdmissionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final StaticKeys key = TestDevice.newKey();
  private TestGateway gateway = new TestGateway(SessionsForTests.firstUse(), Map.of());

  @AfterEach
  void close() {
    gateway.close();
  }

  private void restart(Sessions sessions, Map<String, Object> settings) {
    gateway.close();
    gateway = new TestGateway(sessions, settings);
  }

  private TestDevice connected() throws IOException {
    TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key);
    device.upgrade();
    return device;
  }

  @Test
  void a_connection_displaced_on_another_gateway_is_told_to_it() throws IOException {
    restart(SessionsForTests.displacing(new Sessions.Place("g7", 4711)), Map.of());
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      assertThat(gateway.told)
          .singleElement()
          .satisfies(told -> {
            assertThat(told.node()).isEqualTo("g7");
            assertThat(told.connection()).isEqualTo(4711);
            assertThat(told.epoch()).isPositive();
          });
      assertThat(device.bytesRead()).isPositive();
    }
  }

  @Test
  void a_storm_is_sent_away_with_a_delay_and_those_within_the_bound_are_served()
      throws IOException {
    restart(
        SessionsForTests.answering(new CompletableFuture<>()),
        Map.of("bluetick.socket.max-opening", 1));
    try (TestDevice first = connected();
        RawSocket second = new RawSocket(gateway.port())) {
      second.upgrade();
      RawSocket.Frame close = second.readClose();
      assertThat(close.closeCode()).isEqualTo(4503);
      assertThat(close.closeReason()).matches("go-away [0-9]+");
      first.shakeHands(TestDevice.hello(alice).build());
      assertThat(gateway.counted("bluetick.socket.sheds", "reason", "opening")).isEqualTo(1);
    }
  }

  @Test
  void no_more_than_the_bound_ask_for_a_session_at_once() throws IOException {
    AtomicInteger asking = new AtomicInteger();
    CompletableFuture<Sessions.Answer> answer = new CompletableFuture<>();
    restart(new CountingSessions(asking, answer), Map.of("bluetick.socket.concurrent-opens", 1));
    try (TestDevice first = connected();
        TestDevice second = connected()) {
      for (TestDevice device : new TestDevice[] {first, second}) {
        device.shakeHands(TestDevice.hello(alice).build());
        device.send(ClientFrameType.OPEN, Open.getDefaultInstance());
      }
      await().atMost(LIMIT).until(() -> asking.get() == 1);
      answer.complete(new Sessions.Answer.Opened(1, 1, Optional.empty()));
      first.expect(ServerFrameType.WELCOME, Welcome.parser());
      second.expect(ServerFrameType.WELCOME, Welcome.parser());
      assertThat(asking).hasValue(2);
    }
  }

  @Test
  void when_sessions_cannot_be_opened_devices_are_sent_away() throws IOException {
    restart(SessionsForTests.failing(), Map.of());
    try (TestDevice device = connected()) {
      device.shakeHands(TestDevice.hello(alice).build());
      device.send(ClientFrameType.OPEN, Open.getDefaultInstance());
      RawSocket.Frame close = device.readClose();
      assertThat(close.closeCode()).isEqualTo(4503);
      assertThat(close.closeReason()).startsWith("go-away ");
    }
  }

  private record CountingSessions(AtomicInteger asking, CompletionStage<Answer> answer)
      implements Sessions {

    @Override
    public CompletionStage<Answer> open(Asked asked) {
      asking.incrementAndGet();
      return answer;
    }

    @Override
    public void abandon(DeviceAddress device, Answer.Opened opened) {}

    @Override
    public void close(DeviceAddress device, long epoch) {}

    @Override
    public CompletionStage<Optional<ErrorCode>> restore(
        DeviceAddress device, Place place, long epoch) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  private TestDevice asking(HeldSessions sessions) throws IOException {
    TestDevice device = connected();
    device.shakeHands(TestDevice.hello(alice).build());
    device.send(ClientFrameType.OPEN, Open.getDefaultInstance());
    await().atMost(LIMIT).until(() -> !sessions.asked.isEmpty());
    return device;
  }

  private void assertNobodyOpens() {
    await()
        .atMost(LIMIT)
        .until(() -> gateway.sockets.context().admission().openings().count() == 0);
  }

  @Test
  void who_left_while_the_session_was_asked_for_displaces_nobody() throws IOException {
    HeldSessions sessions = new HeldSessions();
    restart(sessions, Map.of());
    asking(sessions).reset();
    await().atMost(LIMIT).until(() -> gateway.sockets.connections() == 0);
    var late = new Sessions.Answer.Opened(5, 1, Optional.of(new Sessions.Place("g7", 4711)));
    sessions.answer.complete(late);
    await().atMost(LIMIT).until(() -> sessions.abandoned.contains(late));
    assertNobodyOpens();
    assertThat(gateway.told).isEmpty();
    assertThat(gateway.mailbox.count()).isZero();
    assertThat(sessions.closed).isEmpty();
  }

  @Test
  void a_session_that_comes_too_late_is_abandoned() throws IOException {
    HeldSessions sessions = new HeldSessions();
    restart(sessions, Map.of("bluetick.socket.open-timeout", "1s"));
    try (TestDevice device = asking(sessions)) {
      assertThat(device.readClose().closeCode()).isIn(4503, 4408);
      assertNobodyOpens();
      var late = new Sessions.Answer.Opened(5, 1, Optional.of(new Sessions.Place("g7", 4711)));
      sessions.answer.complete(late);
      await().atMost(LIMIT).until(() -> sessions.abandoned.contains(late));
      assertThat(gateway.told).isEmpty();
    }
  }

  @Test
  void who_left_while_it_waited_for_its_turn_asks_for_nothing() throws IOException {
    HeldSessions sessions = new HeldSessions();
    restart(sessions, Map.of("bluetick.socket.concurrent-opens", 1));
    try (TestDevice first = asking(sessions)) {
      TestDevice second = asking(sessions);
      second.reset();
      await().atMost(LIMIT).until(() -> gateway.sockets.connections() == 1);
      sessions.answer.complete(new Sessions.Answer.Opened(5, 1, Optional.empty()));
      first.expect(ServerFrameType.WELCOME, Welcome.parser());
      assertNobodyOpens();
      assertThat(sessions.asked).hasSize(1);
      assertThat(sessions.abandoned).isEmpty();
    }
  }

  @Test
  void who_was_displaced_while_it_opened_is_told_right_after_its_welcome() throws IOException {
    HeldSessions sessions = new HeldSessions();
    restart(sessions, Map.of());
    try (TestDevice device = asking(sessions)) {
      gateway.sockets.displaced(sessions.asked.element().place().connection(), 7);
      sessions.answer.complete(new Sessions.Answer.Opened(5, 1, Optional.empty()));
      assertThat(device.expect(ServerFrameType.WELCOME, Welcome.parser()).getEpoch()).isEqualTo(5);
      Replaced replaced = device.expect(ServerFrameType.REPLACED, Replaced.parser());
      assertThat(replaced.getEpoch()).isEqualTo(7);
      assertThat(device.readFrame().closeReason()).isEqualTo("replaced");
      assertThat(sessions.closed).isEmpty();
    }
  }

  @Test
  void an_older_one_that_says_it_took_over_displaces_nobody() throws IOException {
    HeldSessions sessions = new HeldSessions();
    restart(sessions, Map.of());
    try (TestDevice device = asking(sessions)) {
      gateway.sockets.displaced(sessions.asked.element().place().connection(), 5);
      sessions.answer.complete(new Sessions.Answer.Opened(5, 1, Optional.empty()));
      device.expect(ServerFrameType.WELCOME, Welcome.parser());
      device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(5).build());
      device.expect(ServerFrameType.PONG, Pong.parser());
    }
  }

  @Test
  void while_the_mailbox_has_no_room_nobody_is_let_in() throws IOException {
    gateway.mailbox.fill();
    try (RawSocket socket = new RawSocket(gateway.port())) {
      socket.upgrade();
      RawSocket.Frame close = socket.readClose();
      assertThat(close.closeCode()).isEqualTo(4503);
      assertThat(close.closeReason()).matches("go-away [0-9]+");
    }
    assertThat(gateway.counted("bluetick.socket.sheds", "reason", "log")).isEqualTo(1);
    gateway.mailbox.makeRoom();
    TestDevice.open(gateway, alice, key).close();
  }
}
