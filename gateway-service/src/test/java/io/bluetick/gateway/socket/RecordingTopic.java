package io.bluetick.gateway.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.platform.kafka.Durable;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.PresenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A topic that keeps what it is given, and is durable, or has room, when the test says so. */
public final class RecordingTopic implements CommandTopic {
  private final List<byte[]> commands = new ArrayList<>();
  private final List<Durable> waiting = new ArrayList<>();
  private final List<Runnable> waitingForRoom = new ArrayList<>();
  private boolean away;
  private boolean full;

  @Override
  public synchronized void add(AccountId actor, MessageLite command, Durable durable) {
    commands.add(command.toByteArray());
    if (away) {
      waiting.add(durable);
    } else {
      durable.onDurable();
    }
  }

  @Override
  public synchronized boolean hasRoom() {
    return !full;
  }

  @Override
  public synchronized void whenRoom(Runnable listener) {
    if (full) {
      waitingForRoom.add(listener);
    } else {
      listener.run();
    }
  }

  /** From now on nothing becomes durable. */
  synchronized void goAway() {
    away = true;
  }

  synchronized void comeBack() {
    away = false;
    waiting.forEach(Durable::onDurable);
    waiting.clear();
  }

  synchronized void fill() {
    full = true;
  }

  synchronized void makeRoom() {
    full = false;
    waitingForRoom.forEach(Runnable::run);
    waitingForRoom.clear();
  }

  synchronized int count() {
    return commands.size();
  }

  synchronized List<MailboxCommand> commands(Predicate<MailboxCommand> wanted) {
    return commands.stream().map(RecordingTopic::command).filter(wanted).toList();
  }

  synchronized List<PresenceEvent> events() {
    return commands.stream().map(RecordingTopic::event).toList();
  }

  private static MailboxCommand command(byte[] bytes) {
    try {
      return MailboxCommand.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static PresenceEvent event(byte[] bytes) {
    try {
      return PresenceEvent.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
