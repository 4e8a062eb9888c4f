package io.bluetick.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.e2e.history.Event.Gone;
import io.bluetick.e2e.history.Event.Read;
import io.bluetick.e2e.history.Event.Receipted;
import io.bluetick.e2e.history.Event.Refused;
import io.bluetick.e2e.history.Event.Repaired;
import io.bluetick.e2e.history.Event.Sent;
import io.bluetick.e2e.history.Event.Shown;
import io.bluetick.e2e.history.Event.Ticked;
import io.bluetick.e2e.history.Violation.Kind;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.ReceiptKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A good history passes; each way to spoil it is found. */
class HistoryCheckerTest {
  private static final DeviceAddress ANN = new DeviceAddress(new AccountId(0, 0xA), 0);
  private static final DeviceAddress BOB = new DeviceAddress(new AccountId(0, 0xB), 0);
  private static final DeviceAddress BOBS_LAPTOP = new DeviceAddress(BOB.account(), 1);
  private static final DeviceAddress ANNS_LAPTOP = new DeviceAddress(ANN.account(), 1);

  private final History history = new History();

  @Test
  void a_message_with_all_its_ticks_is_in_order() {
    add(sent(1), ticked(1), shown(1), delivered(1), read(1), blue(1));
    add(sent(2), ticked(2), shown(2), delivered(2));
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void a_message_that_was_ticked_and_is_shown_nowhere_is_lost() {
    add(sent(1), ticked(1));
    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void a_message_that_one_of_two_devices_does_not_show_is_lost() {
    add(new Sent(id(1), Set.of(BOB, BOBS_LAPTOP)), ticked(1), shown(1), delivered(1));
    assertThat(history.violations()).hasSize(1);
    assertThat(history.violations().getFirst().toString()).contains("LOST at 000b/1");
  }

  @Test
  void a_message_without_a_tick_is_found() {
    add(sent(1), shown(1), delivered(1));
    assertThat(kinds()).containsExactly(Kind.NEVER_TICKED);
  }

  @Test
  void a_tick_for_what_nobody_sent_is_found() {
    add(ticked(1));
    assertThat(kinds()).containsExactly(Kind.NEVER_SENT);
  }

  @Test
  void a_message_that_is_refused_is_found_and_expected_nowhere() {
    add(sent(1), new Refused(id(1), "invalid"));
    assertThat(kinds()).containsExactly(Kind.REFUSED);
  }

  @Test
  void a_message_that_is_shown_twice_is_found() {
    add(sent(1), ticked(1), shown(1), shown(1), delivered(1));
    assertThat(kinds()).containsExactly(Kind.SHOWN_TWICE);
  }

  @Test
  void a_message_under_the_id_of_another_is_found() {
    add(sent(1), ticked(1), shown(1), delivered(1));
    add(sent(2), ticked(2), new Shown(id(2), BOB, id(1).textFor(BOB)), delivered(2));
    assertThat(kinds()).containsExactly(Kind.SHOWN_WRONGLY);
  }

  @Test
  void a_message_at_a_device_that_it_was_not_for_is_found() {
    add(sent(1), ticked(1), shown(1), delivered(1));
    add(new Shown(id(1), ANNS_LAPTOP, id(1).textFor(ANNS_LAPTOP)));
    assertThat(kinds()).containsExactly(Kind.SHOWN_WRONGLY);
  }

  @Test
  void messages_of_one_sender_that_change_places_are_found() {
    add(sent(1), sent(2), ticked(1), ticked(2), shown(2), shown(1), delivered(1), delivered(2));
    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER);
  }

  @Test
  void messages_of_two_senders_have_no_order() {
    MessageId laptops = new MessageId(ANNS_LAPTOP, 1, 1);
    add(sent(2), ticked(2), shown(2), delivered(2));
    add(new Sent(laptops, Set.of(BOB)), new Ticked(laptops));
    add(new Shown(laptops, BOB, laptops.textFor(BOB)));
    add(new Receipted(laptops, BOB, ReceiptKind.DELIVERED));
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void a_repair_comes_late_and_must_come() {
    add(sent(1), sent(2), ticked(1), ticked(2), shown(1), shown(2), delivered(1), delivered(2));
    add(new Repaired(id(2), Set.of(BOBS_LAPTOP)), new Repaired(id(1), Set.of(BOBS_LAPTOP)));
    assertThat(kinds()).containsExactly(Kind.LOST, Kind.LOST);
    Stream.of(2, 1)
        .map(HistoryCheckerTest::id)
        .forEach(id -> {
          add(new Shown(id, BOBS_LAPTOP, id.textFor(BOBS_LAPTOP)));
          add(new Receipted(id, BOBS_LAPTOP, ReceiptKind.DELIVERED));
        });
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void a_device_that_is_gone_misses_nothing() {
    add(new Sent(id(1), Set.of(BOB, BOBS_LAPTOP)), ticked(1), shown(1), delivered(1));
    add(new Gone(id(1), BOBS_LAPTOP));
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void an_own_device_shows_a_copy_without_a_receipt() {
    add(new Sent(id(1), Set.of(BOB, ANNS_LAPTOP)), ticked(1), shown(1), delivered(1));
    assertThat(kinds()).containsExactly(Kind.LOST);
    add(new Shown(id(1), ANNS_LAPTOP, id(1).textFor(ANNS_LAPTOP)));
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void a_receipt_of_a_device_that_does_not_show_the_message_is_found() {
    add(sent(1), ticked(1), delivered(1), shown(1));
    assertThat(kinds()).containsExactly(Kind.FALSE_RECEIPT);
  }

  @Test
  void a_blue_tick_for_what_nobody_read_is_found() {
    add(sent(1), ticked(1), shown(1), delivered(1), blue(1));
    assertThat(kinds()).containsExactly(Kind.FALSE_RECEIPT);
  }

  @Test
  void a_receipt_that_never_comes_is_found() {
    add(sent(1), ticked(1), shown(1), read(1));
    assertThat(kinds()).containsExactly(Kind.MISSING_RECEIPT, Kind.MISSING_RECEIPT);
  }

  @Test
  void a_report_tells_the_story_of_what_went_wrong() {
    add(sent(1), ticked(1));
    history.note("gateway-service is killed");
    assertThat(history.report(history.violations()))
        .contains(
            "1 violations, 0 faults", "000a/0#1 LOST at 000b/0", "sent to 000b/0", "is killed");
  }

  private void add(Event... events) {
    List.of(events).forEach(history::add);
  }

  private List<Kind> kinds() {
    return history.violations().stream().map(Violation::kind).toList();
  }

  private static MessageId id(long counter) {
    return new MessageId(ANN, 1, counter);
  }

  private static Event sent(long counter) {
    return new Sent(id(counter), Set.of(BOB));
  }

  private static Event ticked(long counter) {
    return new Ticked(id(counter));
  }

  private static Event shown(long counter) {
    return new Shown(id(counter), BOB, id(counter).textFor(BOB));
  }

  private static Event delivered(long counter) {
    return new Receipted(id(counter), BOB, ReceiptKind.DELIVERED);
  }

  private static Event read(long counter) {
    return new Read(id(counter), BOB);
  }

  private static Event blue(long counter) {
    return new Receipted(id(counter), BOB, ReceiptKind.READ);
  }
}
