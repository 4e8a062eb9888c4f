package io.bluetick.message.mailbox;

import static io.bluetick.message.mailbox.Actors.ALICE;
import static io.bluetick.message.mailbox.Actors.BOB;
import static io.bluetick.message.mailbox.Actors.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.message.mailbox.Effect.Quarantine;
import io.bluetick.message.mailbox.Effect.Send;
import io.bluetick.message.mailbox.Effect.Tell;
import io.bluetick.message.mailbox.Effect.Wake;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeliverCall;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Delivery.ContentCase;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceMismatch;
import io.bluetick.protocol.v1.EmptyQueues;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Purge;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Actors world = new Actors(World.BOUNDS).with(ALICE, 0, 1).with(BOB, 0, 1);

  @Test
  void a_message_goes_to_every_device_that_is_there_and_its_receipt_to_its_sender() {
    world.online(BOB, 0, 0);
    world.done(Send.class);
    long sequence = world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    assertThat(world.done(Send.class))
        .singleElement()
        .satisfies(send -> {
          assertThat(send.sequence()).isEqualTo(sequence);
          assertThat(send.previous()).isZero();
          assertThat(send.content().getMessage().getCiphertext().toStringUtf8()).isEqualTo("for 0");
        });
    world.acknowledge(BOB, 0, sequence);
    assertThat(world.done(Tell.class))
        .singleElement()
        .satisfies(tell -> {
          assertThat(tell.command().getActor()).isEqualTo(ALICE.bytes());
          DeliverReceipts receipts = tell.command().getDeliverReceipts();
          assertThat(receipts.getKind()).isEqualTo(ReceiptKind.DELIVERED);
          assertThat(receipts.getCountersList()).containsExactly(1L);
          assertThat(receipts.getRegistration()).isEqualTo(1);
        });
  }

  @Test
  void receipts_of_one_acknowledgement_travel_together() {
    world.online(BOB, 0, 0);
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    world.handle(to(BOB).setDeliver(world.message(2, 0, 1)));
    long last = world.handle(to(BOB).setDeliver(world.message(3, 0, 1)));
    world.acknowledge(BOB, 0, last);
    assertThat(world.done(Tell.class))
        .extracting(tell -> tell.command().getDeliverReceipts().getCountersList())
        .containsExactly(List.of(1L, 2L, 3L));
  }

  @Test
  void copies_for_own_devices_lead_to_no_receipt_and_miss_no_sender() {
    world.online(ALICE, 1, 0);
    world.done(Send.class);
    long sequence = world.handle(to(ALICE).setDeliver(world.message(1, 1)));
    assertThat(world.done(Send.class)).hasSize(1);
    world.acknowledge(ALICE, 1, sequence);
    assertThat(world.done(Tell.class)).isEmpty();
  }

  @Test
  void a_sender_hears_which_devices_are_missing_stale_and_gone_and_not_again_after_its_repair() {
    AccountEntry now =
        new AccountEntry(
            3,
            Map.of(
                0, new ListedDevice(0, 1, 1),
                1, new ListedDevice(1, 3, 3),
                2, new ListedDevice(2, 2, 2)),
            Map.of(),
            Map.of());
    world.know(BOB, now, Set.of());
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1, 5)));
    DeviceMismatch told =
        world.done(Tell.class).getFirst().command().getTellMismatch().getMismatch();
    assertThat(told.getMissingList()).containsExactly(2);
    assertThat(told.getStaleList()).containsExactly(1);
    assertThat(told.getGoneList()).containsExactly(5);
    assertThat(told.getListVersion()).isEqualTo(3);
    world.handle(to(BOB).setDeliver(world.message(1, 1, 2).setListVersion(3)));
    assertThat(world.done(Tell.class)).isEmpty();
    assertThat(world.actors.held()).isEqualTo(3);
  }

  @Test
  void a_newer_list_than_the_one_known_is_looked_up_first() {
    MailboxCommand newer = to(BOB).setDeliver(world.message(1, 0).setListVersion(2)).build();
    assertThat(world.actors.unknown(newer)).containsExactly(BOB);
    MailboxCommand present = to(BOB).setDeliver(world.message(1, 0)).build();
    assertThat(world.actors.unknown(present)).isEmpty();
  }

  @Test
  void an_account_that_does_not_exist_is_told_to_the_sender() {
    world.handle(to(BOB).setPurge(Purge.getDefaultInstance()));
    world.handle(to(BOB).setDeliver(world.message(4, 0)));
    assertThat(world.done(Tell.class))
        .extracting(tell -> tell.command().getTellRejection().getRejection().getCode())
        .containsExactly("not-found");
  }

  @Test
  void who_is_blocked_gets_one_tick_for_ever() {
    AccountEntry bob =
        new AccountEntry(1, Map.of(0, new ListedDevice(0, 1, 1)), Map.of(), Map.of());
    world.know(BOB, bob, Set.of(ALICE));
    world.handle(to(BOB).setDeliver(world.message(1, 0)));
    assertThat(world.done(Effect.class)).isEmpty();
    assertThat(world.actors.held()).isZero();
  }

  @Test
  void what_is_ephemeral_is_for_those_who_are_there() {
    world.online(BOB, 0, 0);
    world.done(Send.class);
    Deliver.Builder message = world.message(1, 0, 1, 5).setPriority(Priority.EPHEMERAL);
    world.handle(to(BOB).setDeliver(message));
    assertThat(world.done(Send.class)).extracting(Send::sequence).containsExactly(0L);
    assertThat(world.done(Tell.class)).isEmpty();
    assertThat(world.actors.held()).isZero();
  }

  @Test
  void an_idle_device_is_woken_once_and_again_by_something_new_after_a_while() {
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    world.handle(to(BOB).setDeliver(world.message(2, 0, 1)));
    assertThat(world.done(Wake.class))
        .hasSize(2)
        .extracting(Wake::priority)
        .containsOnly(Priority.URGENT);
    world.nowMs += World.BOUNDS.wakeAgain().toMillis();
    world.tick();
    assertThat(world.done(Wake.class)).isEmpty();
    world.handle(to(BOB).setDeliver(world.message(3, 0, 1)));
    assertThat(world.done(Wake.class)).hasSize(2);
  }

  @Test
  void who_leaves_with_something_on_its_way_is_woken() {
    world.online(BOB, 0, 0);
    world.nowMs += 1_000;
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    world.done(Wake.class);
    world.offline(BOB, 0);
    assertThat(world.done(Wake.class))
        .extracting(wake -> wake.device().device())
        .containsExactly(0);
  }

  @Test
  void a_call_that_nobody_took_in_time_never_rings() {
    DeliverCall offer =
        DeliverCall.newBuilder()
            .setFrom(Actors.id(ALICE, 0))
            .setCounter(1)
            .setTimeMs(world.nowMs)
            .setListVersion(1)
            .setSignal(CallSignal.OFFER)
            .addDevices(DeviceCiphertext.newBuilder().setDevice(0))
            .build();
    world.handle(to(BOB).setDeliverCall(offer));
    assertThat(world.done(Wake.class)).extracting(Wake::priority).containsExactly(Priority.URGENT);
    world.nowMs += World.BOUNDS.callTimeToLive().toMillis();
    world.online(BOB, 0, 0);
    assertThat(world.done(Send.class))
        .extracting(send -> send.content().getContentCase())
        .containsExactly(ContentCase.DRAINED);
  }

  @Test
  void no_more_than_the_window_is_on_its_way() {
    world.online(BOB, 0, 0);
    world.done(Send.class);
    long fourth = 0;
    for (int i = 1; i <= 10; i++) {
      long sequence = world.handle(to(BOB).setDeliver(world.message(i, 0, 1)));
      fourth = i == 4 ? sequence : fourth;
    }
    assertThat(world.done(Send.class)).hasSize(4);
    world.acknowledge(BOB, 0, fourth);
    assertThat(world.done(Send.class))
        .hasSize(4)
        .extracting(send -> send.content().getMessage().getCounter())
        .containsExactly(5L, 6L, 7L, 8L);
  }

  @Test
  void a_device_that_claims_more_than_there_was_still_gets_what_comes() {
    world.online(BOB, 0, Long.MAX_VALUE);
    world.done(Send.class);
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    assertThat(world.done(Send.class)).hasSize(1);
  }

  @Test
  void read_receipts_that_wait_one_behind_the_other_become_one() {
    for (long counter = 1; counter <= 6; counter++) {
      DeliverReceipts.Builder read =
          DeliverReceipts.newBuilder()
              .setFrom(Actors.id(ALICE, 0))
              .setKind(ReceiptKind.READ)
              .addCounters(counter);
      world.handle(to(BOB).setDeliverReceipts(read));
    }
    world.online(BOB, 0, 0);
    assertThat(world.done(Send.class))
        .filteredOn(send -> send.content().hasReceipts())
        .extracting(send -> send.content().getReceipts().getCountersList())
        .containsExactly(List.of(1L, 2L, 3L, 4L), List.of(5L, 6L));
  }

  @Test
  void the_oldest_of_a_companion_go_and_it_is_told_while_the_primary_keeps_all() {
    for (int i = 1; i <= World.BOUNDS.companionRows() + 5; i++) {
      world.handle(to(BOB).setDeliver(world.message(i, 0, 1)));
    }
    world.checkpoint();
    world.checkpoint();
    DeviceKey companion = new DeviceKey(BOB, 1, 1);
    assertThat(world.inbox.rows(companion)).hasSize(World.BOUNDS.companionRows() * 9 / 10);
    assertThat(world.inbox.rows(new DeviceKey(BOB, 0, 1)))
        .hasSize(World.BOUNDS.companionRows() + 5);
    assertThat(world.done(Tell.class))
        .extracting(tell -> tell.command().getListChanged().getKind())
        .containsExactly(ChangeKind.RESYNC);
  }

  @Test
  void a_purged_account_leaves_no_rows() {
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    world.checkpoint();
    world.handle(to(BOB).setPurge(Purge.getDefaultInstance()));
    world.checkpoint();
    assertThat(world.inbox.rows(new DeviceKey(BOB, 0, 1))).isEmpty();
    assertThat(world.actors.held()).isZero();
  }

  private void empty() {
    world.handle(to(BOB).setEmptyQueues(EmptyQueues.getDefaultInstance()));
  }

  @Test
  void an_emptied_mailbox_has_nothing_left_and_only_companions_are_told() {
    for (int i = 1; i <= 10; i++) {
      world.handle(to(BOB).setDeliver(world.message(i, 0, 1)));
    }
    world.checkpoint();
    world.handle(to(BOB).setDeliver(world.message(11, 0, 1)));
    world.done(Tell.class);
    empty();
    assertThat(world.done(Tell.class))
        .singleElement()
        .satisfies(tell -> {
          assertThat(tell.command().getActor()).isEqualTo(BOB.bytes());
          assertThat(tell.command().getListChanged().getKind()).isEqualTo(ChangeKind.RESYNC);
          assertThat(tell.command().getListChanged().getDevice()).isEqualTo(1);
        });
    world.checkpoint();
    assertThat(world.actors.held()).isZero();
    assertThat(world.inbox.rows(new DeviceKey(BOB, 0, 1))).isEmpty();
    assertThat(world.inbox.rows(new DeviceKey(BOB, 1, 1))).isEmpty();
  }

  @Test
  void a_device_that_is_there_while_its_mailbox_is_emptied_catches_up_and_gets_what_comes() {
    for (int i = 1; i <= 20; i++) {
      world.handle(to(BOB).setDeliver(world.message(i, 0, 1)));
    }
    world.checkpoint();
    world.online(BOB, 0, 0);
    long last = world.done(Send.class).getLast().sequence();
    empty();
    assertThat(world.done(Send.class))
        .extracting(send -> send.content().getContentCase())
        .containsExactly(ContentCase.DRAINED);
    world.acknowledge(BOB, 0, last);
    assertThat(world.done(Tell.class)).noneMatch(tell -> tell.command().hasDeliverReceipts());
    world.handle(to(BOB).setDeliver(world.message(21, 0, 1)));
    assertThat(world.done(Send.class))
        .extracting(send -> send.content().getMessage().getCounter())
        .containsExactly(21L);
  }

  @Test
  void a_device_that_receipts_are_owed_for_is_not_emptied() {
    world.handle(to(BOB).setDeliver(world.message(1, 0, 1)));
    long last = world.handle(to(BOB).setDeliver(world.message(2, 0, 1)));
    world.checkpoint();
    // Its page does not come before the mailbox is emptied.
    world.actors.handle(last + 1, acknowledgement(last).build(), world.nowMs);
    world.actors.handle(
        last + 2, to(BOB).setEmptyQueues(EmptyQueues.getDefaultInstance()).build(), world.nowMs);
    world.tick();
    assertThat(world.done(Tell.class))
        .filteredOn(tell -> tell.command().hasDeliverReceipts())
        .extracting(tell -> tell.command().getDeliverReceipts().getCountersList())
        .containsExactly(List.of(1L, 2L));
  }

  private static MailboxCommand.Builder acknowledgement(long upTo) {
    return to(BOB).setAcknowledge(AcknowledgeUpTo.newBuilder().setDevice(0).setUpTo(upTo));
  }

  @Test
  void a_poisoned_command_is_set_aside_and_its_mailbox_goes_on() {
    DeliverReceipts nothing = DeliverReceipts.newBuilder().setFrom(Actors.id(ALICE, 0)).build();
    world.handle(to(BOB).setDeliverReceipts(nothing));
    world.handle(to(BOB));
    world.handle(MailboxCommand.newBuilder().setDeliver(world.message(1, 0)));
    assertThat(world.done(Quarantine.class)).hasSize(3);
    world.online(BOB, 0, 0);
    world.handle(to(BOB).setDeliver(world.message(2, 0, 1)));
    assertThat(world.done(Send.class)).anyMatch(send -> send.content().hasMessage());
  }

  @Test
  void what_a_former_owner_saved_is_not_read_before_what_waits_for_others() {
    world.with(ALICE, 0).with(BOB, 0);
    world.inbox.write(new Effect.Rows(new DeviceKey(BOB, 0, 1), List.of(saved(2, 6))));
    world.actors.parked(Map.of(BOB, Sequence.of(0, 5, 0)));
    for (long counter = 10; counter < 18; counter++) {
      world.handle(Actors.to(ALICE).setDeliver(world.message(counter, 0)));
    }
    world.online(BOB, 0, 0);
    assertThat(world.done(Send.class)).noneMatch(send -> send.content().hasMessage());
  }

  private Stanza saved(long counter, long offset) {
    Delivery content =
        Delivery.newBuilder()
            .setMessage(StoredMessage.newBuilder().setFrom(Actors.id(ALICE, 0)).setCounter(counter))
            .build();
    long later = world.nowMs + 1_000_000;
    return new Stanza(Sequence.of(0, offset, 0), world.nowMs, later, content);
  }
}
