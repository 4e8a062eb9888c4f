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
import java.util.concurrent.CompletableFuture;
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
