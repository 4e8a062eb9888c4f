package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.gateway.socket.RestorableSessions.Told;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.GoAway;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.ServerFrameType;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestorationTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int DEVICES = 5;

  private final RestorableSessions sessions = new RestorableSessions();
  private final TestGateway gateway = new TestGateway(sessions, Map.of());
  private final List<TestDevice> devices = new ArrayList<>();
  private Restoration restoration = restoring(LONG, 2_000);

  private Restoration restoring(Duration interval, int perSecond) {
    return new Restoration(gateway.sockets, new RestorationSettings(interval, perSecond));
  }

  private void open(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      DeviceAddress one = new DeviceAddress(AccountId.random(new SecureRandom()), i);
      devices.add(TestDevice.open(gateway, one, TestDevice.newKey()));
    }
  }

  @AfterEach
  void close() throws IOException {
    restoration.stop();
    for (TestDevice device : devices) {
      device.close();
    }
    gateway.close();
  }

  /** What the mailbox was told when they opened. */
  private Set<Told> open() {
    return gateway.mailbox.commands(MailboxCommand::hasDeviceOnline).stream()
        .map(command -> {
          var route = command.getDeviceOnline().getRoute();
          return new Told(
              new DeviceAddress(AccountId.of(command.getActor()), route.getDevice()),
              new Place(TestGateway.NODE, route.getConnection()),
              route.getEpoch());
        })
        .collect(Collectors.toSet());
  }

  private void awaitTold(int count) {
    await().atMost(LIMIT).until(() -> sessions.told.size() == count);
  }

  @Test
  void every_open_session_is_told_once_with_its_place_and_epoch() throws IOException {
    open(DEVICES);
    try (RawSocket opening = new RawSocket(gateway.port())) {
      opening.upgrade();
      restoration.tellAgain();
      awaitTold(DEVICES);
      assertThat(sessions.told).containsExactlyInAnyOrderElementsOf(open());
    }
  }

  @Test
  void they_are_told_now_and_then_though_nothing_seems_lost() throws IOException {
    open(1);
    restoration.stop();
    restoration = restoring(Duration.ofMillis(50), 2_000);
    restoration.start();
    await().atMost(LIMIT).until(() -> sessions.told.size() >= 3);
    assertThat(Set.copyOf(sessions.told)).isEqualTo(open());
  }

  @Test
  void a_slice_waits_for_the_answers_to_the_one_before() throws IOException {
    open(DEVICES);
    Queue<CompletableFuture<Optional<ErrorCode>>> asked = new ConcurrentLinkedQueue<>();
    sessions.answer =
        _ -> {
          CompletableFuture<Optional<ErrorCode>> answer = new CompletableFuture<>();
          asked.add(answer);
          return answer;
        };
    restoration.stop();
    restoration = restoring(LONG, 20);
    restoration.tellAgain();
    int told = 0;
    while (told < DEVICES) {
      await().atMost(LIMIT).until(() -> !asked.isEmpty());
      List<CompletableFuture<Optional<ErrorCode>>> slice = new ArrayList<>();
      for (var next = asked.poll(); next != null; next = asked.poll()) {
        slice.add(next);
      }
      assertThat(slice).hasSizeLessThanOrEqualTo(2);
      told += slice.size();
      slice.forEach(answer -> answer.complete(Optional.empty()));
    }
    awaitTold(DEVICES);
  }

  @Test
  void only_so_many_are_told_in_a_second() throws IOException {
    open(DEVICES);
    restoration.stop();
    restoration = restoring(LONG, 10);
    long begunNanos = System.nanoTime();
    restoration.tellAgain();
    awaitTold(DEVICES);
    assertThat(Duration.ofNanos(System.nanoTime() - begunNanos))
        .isGreaterThan(Duration.ofMillis((DEVICES - 1) * 100L - 50));
  }

  @Test
  void what_is_lost_during_a_walk_is_told_by_one_more() throws IOException {
    open(1);
    CompletableFuture<Optional<ErrorCode>> first = new CompletableFuture<>();
    sessions.answer = _ -> first;
    restoration.tellAgain();
    awaitTold(1);
    restoration.tellAgain();
    restoration.tellAgain();
    restoration.tellAgain();
    first.complete(Optional.empty());
    awaitTold(2);
    await().during(Duration.ofMillis(500)).atMost(LIMIT).until(() -> sessions.told.size() == 2);
  }

  @Test
  void a_slice_whose_answers_are_not_known_is_told_again_and_nobody_is_ended() throws IOException {
    open(1);
    sessions.answer =
        _ -> CompletableFuture.failedFuture(new IllegalStateException("session-service is away"));
    restoration.tellAgain();
    awaitTold(2);
    sessions.answer = _ -> CompletableFuture.completedFuture(Optional.empty());
    awaitTold(3);
    devices.getFirst().send(ClientFrameType.PING, Ping.newBuilder().setNumber(5).build());
    devices.getFirst().expect(ServerFrameType.PONG, Pong.parser());
  }

  @Test
  void a_session_that_may_not_go_on_is_ended() throws IOException {
    open(1);
    sessions.answer = _ -> CompletableFuture.completedFuture(Optional.of(ErrorCode.SUSPENDED));
    restoration.tellAgain();
    assertThat(devices.getFirst().readFrame().closeReason()).isEqualTo("suspended");
    await().atMost(LIMIT).until(() -> sessions.closed.size() == 1);
  }

  @Test
  void one_that_is_not_known_any_more_is_sent_away_to_open_anew() throws IOException {
    open(1);
    sessions.answer = _ -> CompletableFuture.completedFuture(Optional.of(ErrorCode.REPLACED));
    restoration.tellAgain();
    devices.getFirst().expect(ServerFrameType.GO_AWAY, GoAway.parser());
  }
}
