package io.bluetick.client.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Repeat;
import io.bluetick.client.delivery.Outbox.Sent;
import io.bluetick.client.signal.Ratchets;
import io.bluetick.client.socket.Heard;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The way out of what is encrypted: frames are written in the order of their counters until they
 * are accepted, and what becomes of them afterwards is heard here.
 */
final class Sending {
  /** Fewer than a gateway lets wait. */
  static final int WINDOW = 64;

  /** How often one message is encrypted anew for a device that could not read it. */
  static final int REPEATS = 5;

  /** How often one message is encrypted for devices that its list had not. */
  private static final int REPAIRS = 16;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Tables tables;
  private final Loop loop;
  private final KeyDesk desk;
  private final GroupAnswers groupAnswers;

  Sending(Tables tables, Loop loop, KeyDesk desk, GroupAnswers groupAnswers) {
    this.tables = tables;
    this.loop = loop;
    this.desk = desk;
    this.groupAnswers = groupAnswers;
  }

  // ---- Writing ---------------------------------------------------------------------------------

  /** Writes what was not written on this connection yet. */
  void write(Connection connection, Waiting waiting, Turn turn) {
    if (connection.isHeld()) {
      return;
    }
    for (Waiting.Frame frame : waiting.first(WINDOW)) {
      Long before = connection.written.put(frame.counter(), frame.id());
      if (before == null || before != frame.id()) {
        byte[] bytes = shorten(connection, tables.outbox().frame(frame.id()).toByteArray());
        turn.after(() -> connection.line.write(bytes));
      }
    }
  }

  private static byte[] shorten(Connection connection, byte[] frame) {
    try {
      return switch (ClientFrameType.forNumber(frame[0])) {
        case SEND_TO_ACCOUNT -> {
          SendToAccount full = Frames.decode(SendToAccount.parser(), frame, 0, frame.length);
          yield Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, connection.aliases.shorten(full));
        }
        case SEND_TO_GROUP -> {
          SendToGroup full = Frames.decode(SendToGroup.parser(), frame, 0, frame.length);
          yield Frames.encode(ClientFrameType.SEND_TO_GROUP, connection.aliases.shorten(full));
        }
        case null, default -> frame;
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a frame in the store cannot be read", e);
    }
  }

  /** Read receipts, which are as durable as messages. */
  void receipts(DeviceAddress device, List<Long> counters, ReceiptKind kind) {
    long counter = tables.device().nextCounter();
    SendReceipts receipts =
        SendReceipts.newBuilder()
            .setCounter(counter)
            .setAccount(device.account().bytes())
            .setDevice(device.device())
            .setKind(kind)
            .addAllCounters(counters)
            .build();
    tables
        .outbox()
        .addFrame(
            device.account(), counter, Frames.encode(ClientFrameType.SEND_RECEIPTS, receipts));
  }

  // ---- Answers ---------------------------------------------------------------------------------

  /** One grey tick for each. */
  void accepted(Connection connection, Heard.Ticks ticks, Turn turn) {
    for (long counter : ticks.counters()) {
      done(connection, counter);
      tables
          .outbox()
          .sent(counter)
          .flatMap(Sending::message)
          .map(message -> tables.conversations().accepted(message, ticks.timeMs()))
          .ifPresent(change -> Changes.tell(change, turn));
    }
  }

  private void done(Connection connection, long counter) {
    connection.written.remove(counter);
    tables.outbox().answered(counter);
  }

  /** A send was refused, for now or for ever. */
  void refused(Connection connection, Heard.Refusal refusal, Turn turn) {
    boolean isForNow =
        ErrorCode.ofSlug(refusal.code())
            .map(code -> code.retry() == ErrorCode.Retry.LATER)
            .orElse(refusal.retryAfterMs() > 0);
    if (isForNow) {
      connection.written.remove(refusal.counter());
      Duration pause =
          refusal.retryAfterMs() > 0 ? Duration.ofMillis(refusal.retryAfterMs()) : PAUSE;
      connection.holdFor(pause);
      loop.later(pause, _ -> {});
      return;
    }
    done(connection, refusal.counter());
    turn.tell(new ClientEvent.Trouble("a message was refused: " + refusal.code()));
    failed(refusal.counter(), turn);
  }

  /** It was accepted, and then its group's rules were against it. */
  void rejected(long counter, String code, Turn turn) {
    Optional<Long> message = tables.outbox().sent(counter).flatMap(Sending::message);
    failed(counter, turn);
    message
        .flatMap(id -> tables.conversations().find(id))
        .ifPresentOrElse(
            failed -> turn.tell(new ClientEvent.Rejected(failed, code)),
            () -> turn.tell(new ClientEvent.Trouble("a message was rejected: " + code)));
  }

  /** It was accepted and then had nowhere to go, or was never accepted. */
  void failed(long counter, Turn turn) {
    tables
        .outbox()
        .sent(counter)
        .flatMap(Sending::message)
        .map(message -> tables.conversations().failed(message))
        .ifPresent(change -> Changes.tell(change, turn));
  }

  /** Messages came further. Of a repetition the receipt counts for its message. */
  void receipt(Heard.Receipt receipt, Turn turn) {
    if (receipt.by().device().account().equals(tables.account())) {
      return;
    }
    Tick tick =
        switch (receipt.kind()) {
          case DELIVERED, UNRECOGNIZED -> Tick.DELIVERED;
          case READ -> Tick.READ;
          case PLAYED -> Tick.PLAYED;
        };
    for (long counter : receipt.counters()) {
      tables
          .outbox()
          .sent(counter)
          .flatMap(sent -> came(receipt.by().device().account(), sent, tick))
          .ifPresent(change -> Changes.tell(change, turn));
    }
  }

  private Optional<Change> came(AccountId by, Sent sent, Tick tick) {
    if (!sent.content().getGroup().isEmpty()) {
      return message(sent)
          .flatMap(message ->
              tables
                  .groups()
                  .ticks()
                  .came(message, by, tick)
                  .map(slowest -> tables.conversations().came(message, slowest)));
    }
    return sent.account().equals(by)
        ? message(sent).map(message -> tables.conversations().came(message, tick))
        : Optional.empty();
  }

  /** The message went to those that match; the others get it now. */
  void mismatch(Heard.Mismatch mismatch, Turn turn) {
    AccountId account = mismatch.account();
    Optional<Sent> sent = tables.outbox().sent(mismatch.counter());
    // Or the server could have anything encrypted for anybody.
    if (sent.filter(each -> isFor(account, each)).isEmpty()) {
      return;
    }
    tables.peers().gone(account, mismatch.listVersion(), mismatch.gone());
    Set<Integer> stale = new TreeSet<>(mismatch.stale());
    stale.removeIf(device -> !Ratchets.isPossible(device));
    stale.forEach(device -> tables.ratchets().renew(new DeviceAddress(account, device)));
    Set<Integer> again = new TreeSet<>(mismatch.missing());
    again.removeIf(device -> !Ratchets.isPossible(device));
    again.addAll(stale);
    if (!again.isEmpty() && sent.get().repeats() < REPAIRS && mayGoAgain(sent.get())) {
      tables.outbox().repeated(mismatch.counter());
      tables.outbox().addAgain(copyFor(account, sent.get()), account, again, mismatch.counter());
      desk.askWho(account, turn);
    }
  }

  /**
   * A device could not read a message: it is encrypted anew, from the second time on with new keys.
   */
  void repeat(DeviceAddress device, Repeat repeat) {
    if (groupAnswers.answer(device, repeat)) {
      return;
    }
    Optional<Sent> sent =
        tables
            .outbox()
            .sent(repeat.getCounter())
            .filter(each -> each.repeats() < REPEATS)
            .filter(each -> isFor(device.account(), each) && mayGoAgain(each));
    if (sent.isEmpty()) {
      return;
    }
    tables.outbox().repeated(repeat.getCounter());
    if (repeat.getAttempt() > 1) {
      tables.ratchets().renew(device);
    }
    Sent again = copyFor(device.account(), sent.get());
    tables.outbox().addAgain(again, device.account(), Set.of(device.device()), null);
  }

  /** To its recipient, or as a copy to another device of this account. */
  private boolean isFor(AccountId account, Sent sent) {
    return sent.account().equals(account) || account.equals(tables.account());
  }

  private static boolean mayGoAgain(Sent sent) {
    return sent.content().getBodyCase() != Content.BodyCase.BODY_NOT_SET;
  }

  /** With one more repetition counted, so that repetitions of repetitions end. */
  private Sent copyFor(AccountId account, Sent sent) {
    Content content =
        account.equals(tables.account())
            ? sent.content().toBuilder().setSaidTo(sent.account().bytes()).build()
            : sent.content();
    return new Sent(sent.account(), sent.message(), content, sent.repeats() + 1);
  }

  /** Asks a device to encrypt a message anew. */
  void askAgain(DeviceAddress device, long counter, int attempt) {
    Content content =
        Content.newBuilder()
            .setRepeat(Repeat.newBuilder().setCounter(counter).setAttempt(attempt))
            .build();
    Sent question = new Sent(device.account(), OptionalLong.empty(), content, 0);
    tables.outbox().addAgain(question, device.account(), Set.of(device.device()), null);
  }

  private static Optional<Long> message(Sent sent) {
    return sent.message().isPresent() ? Optional.of(sent.message().getAsLong()) : Optional.empty();
  }
}
