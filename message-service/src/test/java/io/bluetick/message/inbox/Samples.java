package io.bluetick.message.inbox;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.StoredMessage;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Devices, stanzas and questions. */
final class Samples {
  static final long NOW_MS = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();
  static final long DAY_MS = Duration.ofDays(1).toMillis();
  static final long LIFE_MS = Duration.ofDays(30).toMillis();

  private static final SecureRandom RANDOM = new SecureRandom();

  private Samples() {}

  static DeviceKey device() {
    return new DeviceKey(AccountId.random(RANDOM), 1, 7);
  }

  static Stanza stanza(long sequence, long timeMs) {
    return stanza(sequence, timeMs, ByteString.copyFromUtf8("sealed " + sequence));
  }

  static Stanza stanza(long sequence, long timeMs, ByteString body) {
    Delivery content =
        Delivery.newBuilder()
            .setMessage(StoredMessage.newBuilder().setCounter(sequence).setCiphertext(body))
            .build();
    return new Stanza(sequence, timeMs, timeMs + LIFE_MS, content);
  }

  static Rows rows(DeviceKey device, long... sequences) {
    return new Rows(
        device, LongStream.of(sequences).mapToObj(each -> stanza(each, NOW_MS)).toList());
  }

  static Rows rowsUpTo(DeviceKey device, int last, long timeMs) {
    return new Rows(
        device, IntStream.rangeClosed(1, last).mapToObj(each -> stanza(each, timeMs)).toList());
  }

  static Read all(DeviceKey device) {
    return new Read(device, 0, Long.MAX_VALUE, 1_000, 1);
  }

  static Forget upTo(DeviceKey device, long sequence) {
    return new Forget(device, sequence);
  }

  static List<Long> sequences(Page page) {
    return page.rows().stream().map(Stanza::sequence).toList();
  }

  /** Waits, with a bound. */
  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
