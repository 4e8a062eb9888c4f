package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.PresenceEvent;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.SetPresence;
import io.bluetick.protocol.v1.SetTyping;
import io.bluetick.protocol.v1.Subscribe;
import io.bluetick.protocol.v1.TypingState;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketRefusalTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 2);
  private final AccountId bob = AccountId.random(new SecureRandom());
  private final StaticKeys key = TestDevice.newKey();
  private TestGateway gateway = new TestGateway(SessionsForTests.firstUse(), Map.of());
  private TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key);

  SocketRefusalTest() throws IOException {}

  @BeforeEach
  void open() throws IOException {
    device.close();
    device = TestDevice.open(gateway, alice, key);
  }

  @AfterEach
  void close() throws IOException {
    device.close();
    gateway.close();
  }

  private void restart(Map<String, Object> settings) throws IOException {
    gateway.close();
    gateway = new TestGateway(SessionsForTests.firstUse(), settings);
    open();
  }

  private Accepted accepted() throws IOException {
    return device.expect(ServerFrameType.ACCEPTED, Accepted.parser());
  }

  private Refused refused() throws IOException {
    return device.expect(ServerFrameType.REFUSED, Refused.parser());
  }

  private List<Deliver> delivered() {
    return gateway.mailbox.commands(MailboxCommand::hasDeliver).stream()
        .map(MailboxCommand::getDeliver)
        .toList();
  }

  @Test
  void an_alias_stands_for_the_account_and_its_list_until_it_is_defined_anew() throws IOException {
    AccountId carol = AccountId.random(new SecureRandom());
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(2).build());
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(3, carol).setListVersion(9).build());
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(4).build());
    await().atMost(LIMIT).until(() -> delivered().size() == 4);
    assertThat(gateway.mailbox.commands(MailboxCommand::hasDeliver))
        .extracting(MailboxCommand::getActor)
        .containsExactly(bob.bytes(), bob.bytes(), carol.bytes(), carol.bytes());
    assertThat(delivered()).extracting(Deliver::getListVersion).containsExactly(3L, 3L, 9L, 9L);
  }

  @Test
  void an_alias_that_was_never_defined_is_refused_and_the_connection_goes_on() throws IOException {
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(1).build());
    assertThat(refused().getCode()).isEqualTo("unknown-alias");
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    assertThat(accepted().getCountersList()).containsExactly(1L);
  }

  @Test
  void there_is_no_tick_before_the_message_is_durable() throws IOException {
    gateway.mailbox.goAway();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(1).build());
    device.expect(ServerFrameType.PONG, Pong.parser());
    gateway.mailbox.comeBack();
    assertThat(accepted().getCountersList()).containsExactly(1L);
  }

  @Test
  void past_the_window_of_unticked_sends_the_socket_is_not_read() throws IOException {
    restart(Map.of("bluetick.socket.unaccepted", 2));
    gateway.mailbox.goAway();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    for (long counter = 2; counter <= 5; counter++) {
      device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(counter).build());
    }
    await().atMost(LIMIT).until(() -> delivered().size() == 2);
    await().during(Duration.ofMillis(300)).until(() -> delivered().size() == 2);
    gateway.mailbox.comeBack();
    long last = 0;
    while (last < 5) {
      last = accepted().getCountersList().getLast();
    }
    assertThat(delivered()).extracting(Deliver::getCounter).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void while_the_log_is_full_the_socket_is_not_read() throws IOException {
    gateway.mailbox.fill();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    await().during(Duration.ofMillis(300)).until(() -> delivered().isEmpty());
    gateway.mailbox.makeRoom();
    assertThat(accepted().getCountersList()).containsExactly(1L);
  }

  @Test
  void presence_typing_and_subscriptions_go_to_presence() throws IOException {
    int before = gateway.presence.events().size();
    device.send(
        ClientFrameType.SET_PRESENCE,
        SetPresence.newBuilder()
            .setAvailability(io.bluetick.protocol.v1.Availability.AVAILABLE)
            .build());
    device.send(
        ClientFrameType.SET_TYPING,
        SetTyping.newBuilder().setId(bob.bytes()).setState(TypingState.TYPING).build());
    device.send(ClientFrameType.SUBSCRIBE, Subscribe.newBuilder().addAdd(bob.bytes()).build());
    await().atMost(LIMIT).until(() -> gateway.presence.events().size() == before + 3);
    List<PresenceEvent> events = gateway.presence.events();
    assertThat(events.get(before + 1).getTyping().getTo()).isEqualTo(bob.bytes());
    assertThat(events.getLast().getSubscription().getAddList()).containsExactly(bob.bytes());
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.getAccount()).isEqualTo(alice.account().bytes());
          assertThat(event.getRoute().getNode()).isEqualTo(TestGateway.NODE);
        });
  }

  @Test
  void more_subscriptions_than_the_limit_are_refused() throws IOException {
    Subscribe.Builder many = Subscribe.newBuilder();
    for (int i = 0; i <= FrameLimits.SUBSCRIPTIONS; i++) {
      many.addAdd(bob.bytes());
    }
    device.send(ClientFrameType.SUBSCRIBE, many.build());
    assertThat(refused().getCode()).isEqualTo("too-many");
  }

  @Test
  void a_frame_of_a_type_of_the_future_is_refused_and_the_connection_goes_on() throws IOException {
    device.sendRaw(new byte[] {99, 1, 2, 3});
    Refused refused = refused();
    assertThat(refused.getCode()).isEqualTo("unknown-frame");
    assertThat(refused.getDetail()).isEqualTo("99");
    device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(3).build());
    assertThat(device.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(3);
  }

  @Test
  void too_frequent_sends_are_refused_with_a_delay_and_none_overtakes_the_refused()
      throws IOException {
    restart(Map.of("bluetick.socket.connection-rate", 20, "bluetick.socket.connection-burst", 2));
    device.sendTogether(
        ClientFrameType.SEND_TO_ACCOUNT,
        Sends.first(1, bob).build(),
        Sends.again(2).build(),
        Sends.again(3).build());
    Refused refused = Refused.getDefaultInstance();
    for (int frames = 0; refused.getCounter() == 0 && frames < 3; frames++) {
      byte[] frame = device.read();
      if (frame[0] == ServerFrameType.REFUSED_VALUE) {
        refused = Refused.parseFrom(java.util.Arrays.copyOfRange(frame, 1, frame.length));
      }
    }
    assertThat(refused.getCode()).isEqualTo("rate-limited");
    assertThat(refused.getCounter()).isEqualTo(3);
    assertThat(refused.getRetryAfterMs()).isBetween(1, 50);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(4).build());
          byte[] frame = device.read();
          while (frame[0] == ServerFrameType.ACCEPTED_VALUE) {
            frame = device.read();
          }
          assertThat(
                  Refused.parseFrom(java.util.Arrays.copyOfRange(frame, 1, frame.length)).getCode())
              .isEqualTo("refused-before");
        });
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(3).build());
          byte[] frame = device.read();
          assertThat(frame[0]).isEqualTo((byte) ServerFrameType.ACCEPTED_VALUE);
        });
  }

  @Test
  void who_goes_on_while_limited_is_cut_off() throws IOException {
    restart(Map.of("bluetick.socket.connection-rate", 1, "bluetick.socket.connection-burst", 3));
    for (int i = 0; i < 12; i++) {
      device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(i).build());
    }
    RawSocket.Frame close = device.readClose();
    assertThat(close.closeCode()).isEqualTo(4429);
    assertThat(close.closeReason()).isEqualTo("rate-limited");
  }

  @Test
  void all_connections_of_an_account_share_its_rate() throws IOException {
    restart(Map.of("bluetick.socket.account-rate", 1, "bluetick.socket.account-burst", 1));
    DeviceAddress phone = new DeviceAddress(alice.account(), 0);
    try (TestDevice other = TestDevice.open(gateway, phone, TestDevice.newKey())) {
      other.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
      other.expect(ServerFrameType.ACCEPTED, Accepted.parser());
      device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
      assertThat(refused().getCode()).isEqualTo("rate-limited");
    }
  }

  @Test
  void an_alias_defined_in_a_frame_that_is_refused_is_defined() throws IOException {
    AccountId carol = AccountId.random(new SecureRandom());
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    accepted();
    device.send(
        ClientFrameType.SEND_TO_ACCOUNT,
        Sends.first(2, carol).setListVersion(9).clearDevices().build());
    assertThat(refused().getCode()).isEqualTo("invalid");
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(3).build());
    accepted();
    var command = gateway.mailbox.commands(MailboxCommand::hasDeliver).getLast();
    assertThat(command.getActor()).isEqualTo(carol.bytes());
    assertThat(command.getDeliver().getListVersion()).isEqualTo(9);
  }

  @Test
  void an_alias_means_nothing_where_another_kind_is_wanted() throws IOException {
    SendToGroup toGroup =
        SendToGroup.newBuilder()
            .setCounter(1)
            .setTo(1)
            .setGroup(bob.bytes())
            .setCiphertext(Sends.ciphertext())
            .build();
    device.send(ClientFrameType.SEND_TO_GROUP, toGroup);
    accepted();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.again(2).build());
    assertThat(refused().getCode()).isEqualTo("unknown-alias");
    device.send(ClientFrameType.SET_TYPING, SetTyping.newBuilder().setTo(1).build());
    assertThat(refused().getCode()).isEqualTo("unknown-alias");
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(3, bob).build());
    accepted();
    device.send(
        ClientFrameType.SEND_TO_GROUP, toGroup.toBuilder().setCounter(4).clearGroup().build());
    assertThat(refused().getCode()).isEqualTo("unknown-alias");
    device.send(
        ClientFrameType.SET_TYPING, SetTyping.newBuilder().setTo(1).setInGroup(true).build());
    assertThat(refused().getCode()).isEqualTo("unknown-alias");
    assertThat(delivered()).extracting(Deliver::getCounter).containsExactly(3L);
  }

  @Test
  void while_presence_has_no_room_subscriptions_are_refused_for_now() throws IOException {
    int before = gateway.presence.count();
    gateway.presence.fill();
    Subscribe wish = Subscribe.newBuilder().addAdd(bob.bytes()).build();
    device.send(ClientFrameType.SUBSCRIBE, wish);
    Refused refused = refused();
    assertThat(refused.getCode()).isEqualTo("unavailable");
    assertThat(refused.getRetryAfterMs()).isPositive();
    assertThat(refused.getCounter()).isZero();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    assertThat(accepted().getCountersList()).containsExactly(1L);
    assertThat(gateway.presence.count()).isEqualTo(before);
    gateway.presence.makeRoom();
    device.send(ClientFrameType.SUBSCRIBE, wish);
    await().atMost(LIMIT).until(() -> gateway.presence.count() == before + 1);
  }

  @Test
  void of_a_send_of_the_future_the_counter_is_told_along() throws IOException {
    device.sendRaw(new byte[] {40, 8, 9, 18, 1, 0});
    Refused refused = refused();
    assertThat(refused.getCode()).isEqualTo("unknown-frame");
    assertThat(refused.getCounter()).isEqualTo(9);
  }

  /** It is the gateway that does not read: the device's silence says nothing. */
  @Test
  void who_waits_for_its_ticks_is_not_given_up() throws IOException {
    restart(
        Map.of(
            "bluetick.socket.unaccepted", 1,
            "bluetick.socket.silence", "1s",
            "bluetick.socket.pong-within", "1s"));
    gateway.mailbox.goAway();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
    Duration sweeps = Duration.ofSeconds(3 * SocketLoop.SWEEP_S);
    await()
        .atMost(sweeps.plus(LIMIT))
        .during(sweeps)
        .until(() -> gateway.sockets.connections() == 1);
    gateway.mailbox.comeBack();
    assertThat(accepted().getCountersList()).containsExactly(1L);
  }
}
