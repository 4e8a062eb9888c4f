package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.platform.kafka.Durable;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceId;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.PresenceEvent;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.ReceiptKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A topic that holds what it is given to the promises that its consumers rely on. It is durable
 * when the test says so.
 */
final class WellFormedTopic implements CommandTopic {
  /** Of everybody, where devices are trusted on first use. */
  private static final int REGISTRATION = 1;

  private final DeviceAddress sender;
  private final List<Durable> held = new ArrayList<>();
  private final Set<Durable> ticks = new HashSet<>();
  private final Set<Long> counters = new HashSet<>();

  /**
   * @param sender who alone writes to it
   */
  WellFormedTopic(DeviceAddress sender) {
    this.sender = sender;
  }

  /** Forgets what was. */
  void begin() {
    held.clear();
    ticks.clear();
    counters.clear();
  }

  @Override
  public void add(AccountId actor, MessageLite command, Durable durable) {
    switch (command) {
      case MailboxCommand it -> {
        assertThat(it.getActor()).isEqualTo(actor.bytes());
        check(it);
      }
      case PresenceEvent it -> check(it);
      default -> throw new AssertionError("no command: " + command.getClass());
    }
    held.add(durable);
    if (durable instanceof Tick tick) {
      ticks.add(tick);
      counters.add(tick.counter);
    }
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void whenRoom(Runnable listener) {
    listener.run();
  }

  void makeDurable() {
    List<Durable> durable = List.copyOf(held);
    held.clear();
    ticks.clear();
    durable.forEach(Durable::onDurable);
  }

  /** Sends that are not durable yet. */
  int waiting() {
    return ticks.size();
  }

  /** Counters of all sends that came this far. */
  Set<Long> ticked() {
    return counters;
  }

  private void check(MailboxCommand command) {
    switch (command.getCommandCase()) {
      case DELIVER -> check(command.getDeliver());
      case DELIVER_TO_GROUP -> {
        checkSender(
            command.getDeliverToGroup().getFrom(), command.getDeliverToGroup().getCounter());
        assertThat(command.getDeliverToGroup().getCiphertext()).isNotEmpty();
        checkKept(
            command.getDeliverToGroup().getPriority(),
            command.getDeliverToGroup().getTimeToLiveS());
      }
      case DELIVER_RECEIPTS -> check(command.getDeliverReceipts());
      case DELIVER_CALL -> {
        checkSender(command.getDeliverCall().getFrom(), command.getDeliverCall().getCounter());
        assertThat(command.getDeliverCall().getCall().size()).isEqualTo(16);
        assertThat(command.getDeliverCall().getSignal()).isNotEqualTo(CallSignal.UNRECOGNIZED);
        checkDevices(command.getDeliverCall().getDevicesList());
      }
      case ACKNOWLEDGE -> assertThat(command.getAcknowledge().getUpTo()).isPositive();
      case DEVICE_ONLINE, DEVICE_OFFLINE -> {}
      case RESUME,
          LIST_CHANGED,
          PURGE,
          TELL_MISMATCH,
          TELL_REJECTION,
          FAN_OUT,
          GROUP_CHANGED,
          EMPTY_QUEUES,
          COMMAND_NOT_SET ->
          throw new AssertionError("no device asks for that: " + command.getCommandCase());
    }
  }

  private void check(Deliver deliver) {
    checkSender(deliver.getFrom(), deliver.getCounter());
    checkDevices(deliver.getDevicesList());
    checkKept(deliver.getPriority(), deliver.getTimeToLiveS());
  }

  private void check(DeliverReceipts receipts) {
    checkSender(receipts.getFrom());
    assertThat(receipts.getKind()).isIn(ReceiptKind.READ, ReceiptKind.PLAYED);
    assertThat(receipts.getCountersList()).hasSizeBetween(1, FrameLimits.RECEIPTS_PER_SEND);
    assertThat(receipts.getDevice()).isBetween(0, DeviceAddress.MAX_DEVICE);
  }

  private void checkSender(DeviceId from, long counter) {
    checkSender(from);
    assertThat(counter).isPositive();
  }

  private void checkSender(DeviceId from) {
    assertThat(from).isEqualTo(sender.toProto().toBuilder().setRegistration(REGISTRATION).build());
  }

  private static void checkDevices(List<DeviceCiphertext> devices) {
    assertThat(devices).hasSizeBetween(1, FrameLimits.DEVICES_PER_SEND);
    for (DeviceCiphertext device : devices) {
      assertThat(device.getDevice()).isBetween(0, DeviceAddress.MAX_DEVICE);
      assertThat(device.getCiphertext()).isNotEmpty();
      assertThat(device.getKind()).isNotEqualTo(CiphertextKind.UNRECOGNIZED);
    }
  }

  private static void checkKept(Priority priority, int timeToLiveS) {
    assertThat(priority).isNotEqualTo(Priority.UNRECOGNIZED);
    assertThat(timeToLiveS).isBetween(0, FrameLimits.TIME_TO_LIVE_S);
  }

  private void check(PresenceEvent event) {
    assertThat(event.getAccount()).isEqualTo(sender.account().bytes());
    assertThat(event.hasRoute()).isTrue();
    assertThat(event.getEventCase()).isNotEqualTo(PresenceEvent.EventCase.EVENT_NOT_SET);
    List<ByteString> ids = new ArrayList<>(event.getSubscription().getAddList());
    ids.addAll(event.getSubscription().getRemoveList());
    if (event.hasTyping()) {
      ids.add(event.getTyping().getTo());
    }
    assertThat(ids).allMatch(id -> id.size() == AccountId.BYTES);
  }
}
