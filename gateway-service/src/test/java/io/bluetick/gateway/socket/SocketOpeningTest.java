package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketOpeningTest {
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
  void a_device_is_welcomed_and_its_mailbox_and_presence_hear_of_it() throws IOException {
    try (TestDevice device = connected()) {
      device.shakeHands(TestDevice.hello(alice).build());
      device.send(ClientFrameType.OPEN, Open.newBuilder().setAcknowledged(77).build());
      Welcome welcome = device.expect(ServerFrameType.WELCOME, Welcome.parser());
      assertThat(welcome.getEpoch()).isPositive();
      assertThat(welcome.getServerTimeMs()).isPositive();
      assertThat(welcome.getLimits().getUnaccepted()).isEqualTo(128);
      var online = gateway.mailbox.commands(MailboxCommand::hasDeviceOnline);
      assertThat(online)
          .singleElement()
          .satisfies(command -> {
            assertThat(command.getActor()).isEqualTo(alice.account().bytes());
            assertThat(command.getDeviceOnline().getAcknowledged()).isEqualTo(77);
            assertThat(command.getDeviceOnline().getRoute().getNode()).isEqualTo(TestGateway.NODE);
            assertThat(command.getDeviceOnline().getRoute().getEpoch())
                .isEqualTo(welcome.getEpoch());
          });
      assertThat(gateway.presence.events())
          .singleElement()
          .satisfies(event -> assertThat(event.hasAvailability()).isTrue());
    }
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(gateway.mailbox.commands(MailboxCommand::hasDeviceOffline)).hasSize(1));
    assertThat(gateway.presence.events()).hasSize(2);
    await().atMost(LIMIT).until(() -> gateway.sockets.connections() == 0);
  }

  @Test
  void only_our_handler_is_left_in_the_pipeline() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      Channel channel = gateway.channels.element();
      assertThat(channel.pipeline().toMap().values())
          .singleElement()
          .isInstanceOf(SocketConnection.class);
      assertThat(device.bytesRead()).isPositive();
    }
  }

  @Test
  void bytes_behind_the_upgrade_are_not_lost() throws IOException {
    try (TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key)) {
      byte[] first = RawSocket.frame(0x82, device.firstMessage(TestDevice.hello(alice).build()));
      assertThat(device.upgrade(first)).startsWith("HTTP/1.1 101");
      assertThat(device.readFrame().opcode()).isEqualTo(WebSocketFrame.BINARY);
    }
  }

  @Test
  void an_upgrade_that_arrives_byte_by_byte_is_answered() throws IOException {
    try (RawSocket socket = new RawSocket(gateway.port())) {
      for (byte b : RawSocket.upgradeRequest("bluetick.v1").getBytes(StandardCharsets.US_ASCII)) {
        socket.write(new byte[] {b});
      }
      assertThat(socket.readHead())
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("sec-websocket-accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=")
          .containsIgnoringCase("sec-websocket-protocol: bluetick.v1");
    }
  }

  @Test
  void what_is_no_upgrade_goes_to_the_web_server_on_the_same_connection() throws IOException {
    try (RawSocket socket = new RawSocket(gateway.port())) {
      socket.write(
          "GET /v1/socket HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.readHead()).startsWith("HTTP/1.1 404");
    }
    try (RawSocket socket = new RawSocket(gateway.port())) {
      socket.write(RawSocket.upgradeRequest("other").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.readHead()).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void the_previous_server_key_is_accepted() throws IOException {
    try (TestDevice device = new TestDevice(gateway.port(), gateway.previousPublicKey(), key)) {
      device.upgrade();
      device.shakeHands(TestDevice.hello(alice).build());
    }
  }

  @Test
  void a_device_with_another_key_than_its_own_is_refused() throws IOException {
    TestDevice.open(gateway, alice, key).close();
    try (TestDevice thief =
        new TestDevice(gateway.port(), gateway.publicKey(), TestDevice.newKey())) {
      thief.upgrade();
      thief.shakeHands(TestDevice.hello(alice).build());
      thief.send(ClientFrameType.OPEN, Open.getDefaultInstance());
      RawSocket.Frame close = thief.readClose();
      assertThat(close.closeCode()).isEqualTo(4401);
      assertThat(close.closeReason()).isEqualTo("unauthenticated");
      assertThat(thief.isHungUp()).isTrue();
    }
  }

  @Test
  void a_version_that_is_too_old_is_told_to_upgrade() throws IOException {
    try (TestDevice device = connected()) {
      device.sendFrame(0x82, device.firstMessage(TestDevice.hello(alice).setVersion(0).build()));
      RawSocket.Frame close = device.readClose();
      assertThat(close.closeCode()).isEqualTo(4426);
      assertThat(close.closeReason()).isEqualTo("upgrade-required");
    }
  }

  @Test
  void a_newer_version_is_tolerated() throws IOException {
    try (TestDevice device = connected()) {
      device.shakeHands(TestDevice.hello(alice).setVersion(999).build());
      assertThat(device.greeting().getVersion()).isEqualTo(1);
    }
  }

  @Test
  void a_replayed_first_message_opens_nothing_and_displaces_nobody() throws IOException {
    try (TestDevice device = connected()) {
      byte[] first = device.firstMessage(TestDevice.hello(alice).build());
      device.sendFrame(0x82, first);
      device.readFrame();
      try (TestDevice open = TestDevice.open(gateway, alice, key);
          RawSocket replayer = new RawSocket(gateway.port())) {
        int before = gateway.mailbox.count();
        replayer.upgrade();
        replayer.sendFrame(0x82, first);
        assertThat(replayer.readFrame().opcode()).isEqualTo(WebSocketFrame.BINARY);
        replayer.sendFrame(0x82, new byte[20]);
        assertThat(replayer.readClose().closeCode()).isEqualTo(4401);
        open.send(ClientFrameType.PING, Ping.newBuilder().setNumber(5).build());
        assertThat(open.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(5);
        assertThat(gateway.mailbox.count()).isEqualTo(before);
      }
    }
  }

  @Test
  void a_newer_connection_replaces_the_older_whose_late_end_changes_nothing() throws IOException {
    TestDevice older = TestDevice.open(gateway, alice, key);
    try (TestDevice newer = TestDevice.open(gateway, alice, key)) {
      Replaced replaced = older.expect(ServerFrameType.REPLACED, Replaced.parser());
      assertThat(older.readClose().closeReason()).isEqualTo("replaced");
      older.reset();
      await().atMost(LIMIT).until(() -> gateway.sockets.connections() == 1);
      var offline = gateway.mailbox.commands(MailboxCommand::hasDeviceOffline);
      assertThat(offline)
          .singleElement()
          .satisfies(command ->
              assertThat(command.getDeviceOffline().getEpoch()).isLessThan(replaced.getEpoch()));
      newer.send(ClientFrameType.PING, Ping.newBuilder().setNumber(9).build());
      assertThat(newer.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(9);
    }
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

  @Test
  void who_does_not_open_in_time_is_closed() throws IOException {
    restart(SessionsForTests.firstUse(), Map.of("bluetick.socket.open-timeout", "1s"));
    try (TestDevice device = connected()) {
      assertThat(device.readClose().closeReason()).isEqualTo("too-slow");
    }
  }

  @Test
  void a_silent_device_is_pinged_and_given_up_when_it_does_not_answer() throws IOException {
    restart(
        SessionsForTests.firstUse(),
        Map.of("bluetick.socket.silence", "1s", "bluetick.socket.pong-within", "1s"));
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      assertThat(device.readFrame().opcode()).isEqualTo(WebSocketFrame.PING);
      assertThat(device.isHungUp()).isTrue();
    }
    await().atMost(LIMIT).until(() -> gateway.sockets.connections() == 0);
  }

  @Test
  void draining_sends_devices_away_and_takes_no_new_ones() throws IOException {
    restart(SessionsForTests.firstUse(), Map.of("bluetick.socket.drain-spread", "1s"));
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(() -> new Drain(gateway.sockets).stop());
      var goAway = device.expect(ServerFrameType.GO_AWAY, io.bluetick.protocol.v1.GoAway.parser());
      assertThat(goAway.getRetryAfterMs()).isBetween(0, 1_000);
      try (RawSocket late = new RawSocket(gateway.port())) {
        late.upgrade();
        assertThat(late.readClose().closeReason()).startsWith("go-away ");
      }
      assertThat(device.readClose().closeCode()).isEqualTo(4503);
      device.reset();
      drained.orTimeout(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
      assertThat(gateway.sockets.connections()).isZero();
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
  }

  /** They answer when the test says so, all the same. */
  private static final class HeldSessions implements Sessions {
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    final Queue<Answer.Opened> abandoned = new ConcurrentLinkedQueue<>();
    final Queue<Long> closed = new ConcurrentLinkedQueue<>();

    @Override
    public CompletionStage<Answer> open(Asked wanted) {
      asked.add(wanted);
      return answer;
    }

    @Override
    public void abandon(DeviceAddress device, Answer.Opened opened) {
      abandoned.add(opened);
    }

    @Override
    public void close(DeviceAddress device, long epoch) {
      closed.add(epoch);
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

  @Test
  void an_upgrade_behind_a_request_without_an_answer_is_left_to_the_web_server()
      throws IOException {
    try (RawSocket socket = new RawSocket(gateway.port())) {
      String both =
          "GET "
              + TestGateway.SLOW_PATH
              + " HTTP/1.1\r\nHost: x\r\n\r\n"
              + RawSocket.upgradeRequest("bluetick.v1");
      socket.write(both.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.readHead()).startsWith("HTTP/1.1 200");
      String second = socket.readHead();
      while (!second.contains("HTTP/1.1")) {
        second = socket.readHead(); // That was the first one's body.
      }
      assertThat(second).contains("HTTP/1.1 404");
    }
  }

  @Test
  void an_upgrade_behind_a_request_that_was_answered_is_taken() throws IOException {
    try (RawSocket socket = new RawSocket(gateway.port())) {
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.readHead()).startsWith("HTTP/1.1 404");
      assertThat(socket.upgrade()).contains("HTTP/1.1 101");
    }
  }
}
