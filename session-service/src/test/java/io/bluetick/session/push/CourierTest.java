package io.bluetick.session.push;

import static io.bluetick.session.push.PushSamples.background;
import static io.bluetick.session.push.PushSamples.urgent;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.DeviceAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CourierTest {
  private static final PushToken TOKEN = new PushToken.Fcm("token");

  private final MovingClock clock = new MovingClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeConnections connections = new FakeConnections();
  private final FakeTokens tokens = new FakeTokens();
  private final FakeSender fcm = new FakeSender(PushKind.FCM);
  private final FakeSender apns = new FakeSender(PushKind.APNS);
  private final Schedule schedule =
      new LocalSchedule(PushSamples.PUSHES, PushSamples.schedule(1), clock);
  private final Courier courier =
      new Courier(connections, tokens, new Senders(List.of(fcm, apns)), context());
  private final DeviceAddress device = deviceWith(TOKEN);

  private Courier.Context context() {
    return new Courier.Context(
        PushSamples.PUSHES, PushSamples.SENDING, clock, new PushMetrics(meters), Runnable::run);
  }

  private DeviceAddress deviceWith(PushToken token) {
    DeviceAddress address = PushSamples.device();
    tokens.put(address, 1, token);
    return address;
  }

  @Test
  void a_wake_up_is_sent_by_the_sender_of_its_token() {
    Wake wake = urgent(device, clock);
    wake(wake);
    assertThat(fcm.sent()).containsExactly(wake);
    assertThat(apns.sent()).isEmpty();
    assertThat(pushes("fcm", "sent")).isEqualTo(1);
    assertThat(schedule.due().waiting()).isZero();
  }

  @Test
  void a_device_that_is_connected_is_not_woken() {
    connections.set(device, new Connections.State.Connected());
    wake(urgent(device, clock));
    assertThat(fcm.sent()).isEmpty();
    assertThat(dropped("connected")).isEqualTo(1);
  }

  @Test
  void a_device_that_has_connected_since_is_not_woken() {
    Wake wake = urgent(device, clock);
    connections.set(device, new Connections.State.Away(clock.instant()));
    wake(wake);
    assertThat(fcm.sent()).isEmpty();
  }

  @Test
  void a_device_that_was_connected_only_before_is_woken() {
    connections.set(device, new Connections.State.Away(clock.instant().minusMillis(1)));
    wake(urgent(device, clock));
    assertThat(fcm.sent()).hasSize(1);
  }

  @Test
  void a_wake_up_of_more_than_an_hour_is_dropped() {
    Wake wake = urgent(device, clock);
    clock.move(Duration.ofHours(1));
    courier.deliver(schedule, List.of(new Claim(wake, 0)));
    assertThat(fcm.sent()).hasSize(1);
    clock.move(Duration.ofMillis(1));
    courier.deliver(schedule, List.of(new Claim(wake, 0)));
    assertThat(fcm.sent()).hasSize(1);
    assertThat(dropped("stale")).isEqualTo(1);
  }

  @Test
  void a_token_that_is_gone_is_removed() {
    fcm.answer(new Outcome.TokenGone());
    wake(urgent(device, clock));
    assertThat(tokens.of(Set.of(device))).isEmpty();
    assertThat(schedule.due().waiting()).isZero();
  }

  @Test
  void a_token_that_was_replaced_meanwhile_stays() {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    fcm.answer(answer);
    wake(urgent(device, clock));
    tokens.put(device, 1, new PushToken.Fcm("newer"));
    answer.complete(new Outcome.TokenGone());
    assertThat(tokens.of(Set.of(device))).hasSize(1);
  }

  @Test
  void what_is_to_be_tried_again_waits_as_long_as_the_provider_asks() {
    fcm.answer(new Outcome.Retry(Duration.ofSeconds(30), Outcome.Cause.LIMITED));
    wake(urgent(device, clock));
    clock.move(Duration.ofSeconds(29));
    deliverDue();
    assertThat(fcm.sent()).hasSize(1);
    clock.move(Duration.ofSeconds(1));
    deliverDue();
    assertThat(fcm.sent()).hasSize(2);
  }

  @Test
  void attempts_are_bounded_and_wait_longer_each_time() {
    for (int i = 0; i < PushSamples.SENDING.attempts(); i++) {
      fcm.answer(new Outcome.Retry(Duration.ZERO, Outcome.Cause.LIMITED));
    }
    wake(urgent(device, clock));
    clock.move(Duration.ofSeconds(2));
    deliverDue();
    clock.move(Duration.ofSeconds(2));
    deliverDue();
    assertThat(fcm.sent()).hasSize(2);
    clock.move(Duration.ofSeconds(2));
    deliverDue();
    assertThat(fcm.sent()).hasSize(3);
    assertThat(dropped("given-up")).isEqualTo(1);
    assertThat(schedule.due().waiting()).isZero();
  }

  @Test
  void a_provider_that_is_down_does_not_hold_up_another() {
    for (int i = 0; i < PushSamples.SENDING.circuitFailures(); i++) {
      fcm.answer(CompletableFuture.failedStage(new IOException("down")));
      wake(urgent(deviceWith(TOKEN), clock));
    }
    int tried = fcm.sent().size();
    wake(urgent(device, clock));
    DeviceAddress other = deviceWith(new PushToken.Apns("ab", PushToken.ApnsTopic.APP));
    wake(background(other, clock));
    assertThat(fcm.sent()).hasSize(tried);
    assertThat(apns.sent()).hasSize(1);

    clock.move(Duration.ofSeconds(5));
    deliverDue();
    clock.move(Duration.ofSeconds(1));
    deliverDue();
    assertThat(fcm.sent()).contains(urgentOf(device));
  }

  @Test
  void a_provider_that_is_slow_gets_no_more_than_its_share_at_once() {
    for (int i = 0; i < PushSamples.SENDING.concurrency(); i++) {
      fcm.answer(new CompletableFuture<>());
      wake(urgent(deviceWith(TOKEN), clock));
    }
    wake(urgent(device, clock));
    assertThat(fcm.sent())
        .hasSize(PushSamples.SENDING.concurrency())
        .doesNotContain(urgentOf(device));
    DeviceAddress other = deviceWith(new PushToken.Apns("ab", PushToken.ApnsTopic.APP));
    wake(urgent(other, clock));
    assertThat(apns.sent()).hasSize(1);
  }

  @Test
  void a_device_without_a_token_or_a_sender_is_counted_and_dropped() {
    wake(urgent(PushSamples.device(), clock));
    wake(urgent(deviceWith(new PushToken.Web("https://w", "p", "a")), clock));
    assertThat(dropped("no-token")).isEqualTo(1);
    assertThat(dropped("no-sender")).isEqualTo(1);
    assertThat(schedule.due().waiting()).isZero();
  }

  @Test
  void while_the_tokens_cannot_be_read_nothing_is_lost() {
    tokens.away(true);
    wake(urgent(device, clock));
    tokens.away(false);
    clock.move(Duration.ofSeconds(2));
    deliverDue();
    assertThat(fcm.sent()).hasSize(1);
  }

  private void wake(Wake wake) {
    courier.deliver(schedule, schedule.admit(List.of(wake)));
  }

  private void deliverDue() {
    courier.deliver(schedule, schedule.due().claims());
  }

  private Wake urgentOf(DeviceAddress address) {
    return fcm.sent().stream()
        .filter(wake -> wake.device().equals(address))
        .findFirst()
        .orElseGet(() -> urgent(address, clock));
  }

  private double pushes(String kind, String outcome) {
    return meters
        .get("bluetick.push.pushes")
        .tags("kind", kind, "outcome", outcome)
        .counter()
        .count();
  }

  private double dropped(String reason) {
    return meters.get("bluetick.push.dropped").tag("reason", reason).counter().count();
  }
}
