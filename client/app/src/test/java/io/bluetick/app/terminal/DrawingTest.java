package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.app.device.FakeMessages;
import io.bluetick.app.output.Names;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private final FakeDevice device = FakeDevice.withAnna();
  private final Drawing drawing =
      new Drawing(device, new Names(device), ZoneId.of("Europe/Berlin"));

  @Test
  void message_has_number_time_of_the_reader_and_name() {
    Message message = device.add(FakeDevice.ANNA, FakeMessages.text("hi"), "hi", Tick.DELIVERED);
    assertThat(drawn(message, 80)).containsExactly("[1] 13:01 anna: hi");
  }

  @Test
  void ticks_turn_without_taking_other_room() {
    Message message = own("hi", Tick.ACCEPTED);
    assertThat(drawn(message, 80)).containsExactly("[1] 13:01 you: hi ✓ ");
    assertThat(Arrays.stream(Tick.values()).map(tick -> Drawing.tick(tick).columnLength()))
        .containsOnly(2);
    assertThat(Drawing.tick(Tick.READ)).isNotEqualTo(Drawing.tick(Tick.DELIVERED));
    assertThat(Drawing.tick(Tick.READ).toString()).isEqualTo("✓✓");
  }

  @Test
  void long_text_is_broken_at_spaces_below_its_beginning() {
    Message message = own("one two three four five", Tick.ACCEPTED);
    assertThat(drawn(message, 35))
        .containsExactly("[1] 13:01 you: one two three four", "               five ✓ ");
  }

  @Test
  void no_row_is_wider_than_the_screen_whatever_is_written() {
    String wide = "你好👩‍👩‍👧🇩🇪".repeat(40) + " " + "e\u0301".repeat(90) + "\n" + "x".repeat(300);
    for (int columns = 20; columns < 90; columns++) {
      int limit = columns;
      assertThat(drawn(own(wide, Tick.READ), columns))
          .allSatisfy(row -> assertThat(Wrapping.width(row)).isLessThanOrEqualTo(limit))
          .allSatisfy(row ->
              assertThat(new AttributedString(row).columnLength()).isLessThanOrEqualTo(limit));
    }
  }

  @Test
  void hostile_text_is_harmless_in_every_place() {
    String hostile = "\u001b[31mred\u009b2J\u202e\u0007";
    Message message = device.add(FakeDevice.ANNA, FakeMessages.text(hostile), hostile, Tick.READ);
    device.reaction("\u001b[5m");
    String all = String.join("\n", drawn(message, 80)) + drawing.message(message, 1, 80).brief();
    assertThat(all)
        .contains("[31mred")
        .doesNotContainPattern("[\u0000-\t\u000b-\u001f\u007f-\u009f]")
        .doesNotContain("\u202e");
  }

  @Test
  void reactions_and_deletion_are_shown() {
    Message message = device.add(FakeDevice.ANNA, FakeMessages.text("hi"), "hi", Tick.READ);
    device.reaction("👍");
    assertThat(drawn(message, 80)).containsExactly("[1] 13:01 anna: hi  👍");
  }

  private Message own(String text, Tick tick) {
    return device.add(FakeDevice.SELF, FakeMessages.text(text), text, tick);
  }

  private List<String> drawn(Message message, int columns) {
    return drawing.message(message, 1, columns).rows().stream()
        .map(AttributedString::toString)
        .toList();
  }
}
