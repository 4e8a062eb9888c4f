package io.bluetick.client.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.client.linking.TerminalQr.Text;
import io.bluetick.client.rest.Samples;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TerminalQrTest {
  private static final LinkingCode CODE =
      new LinkingCode(Samples.bytes(16, 1), Samples.bytes(32, 2), Samples.bytes(32, 3));

  @ParameterizedTest
  @EnumSource(Text.class)
  void drawing_reads_back_into_the_modules_of_the_code(Text text) {
    QrCode expected = TerminalQr.encode(CODE.uri(), TerminalQr.COLUMNS);

    List<String> lines = TerminalQr.draw(CODE, text);

    int quiet = TerminalQr.QUIET_ZONE;
    int width = expected.size + 2 * quiet;
    assertThat(lines).hasSize((width + 1) / 2).allMatch(line -> line.length() == width);
    for (int y = 0; y < 2 * lines.size(); y++) {
      for (int x = 0; x < width; x++) {
        // Outside of the code getModule is light: the quiet zone.
        assertThat(isDark(lines, x, y, text))
            .as("module %d, %d", x, y)
            .isEqualTo(expected.getModule(x - quiet, y - quiet));
      }
    }
  }

  @Test
  void light_text_draws_the_light_modules() {
    String first = TerminalQr.draw(CODE, Text.LIGHT_ON_DARK).getFirst();

    assertThat(first).isEqualTo("\u2588".repeat(first.length()));
    assertThat(TerminalQr.draw(CODE, Text.DARK_ON_LIGHT).getFirst()).isBlank();
  }

  @Test
  void code_fits_a_terminal_with_medium_correction_at_least() {
    QrCode qr = TerminalQr.encode(CODE.uri(), TerminalQr.COLUMNS);

    assertThat(qr.size + 2 * TerminalQr.QUIET_ZONE).isLessThanOrEqualTo(57);
    assertThat(qr.errorCorrectionLevel).isGreaterThanOrEqualTo(Ecc.MEDIUM);
  }

  @Test
  void correction_gives_way_to_a_narrow_terminal() {
    QrCode qr = TerminalQr.encode(CODE.uri(), 53);

    assertThat(qr.size + 8).isEqualTo(53);
    assertThat(qr.errorCorrectionLevel).isEqualTo(Ecc.LOW);
  }

  @Test
  void code_that_does_not_fit_is_not_drawn() {
    assertThatThrownBy(() -> TerminalQr.draw(CODE.uri(), Text.DARK_ON_LIGHT, 52))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isDark(List<String> lines, int x, int y, Text text) {
    char block = lines.get(y / 2).charAt(x);
    boolean isUpper = y % 2 == 0;
    boolean isInk =
        switch (block) {
          case '\u2588' -> true;
          case '\u2580' -> isUpper;
          case '\u2584' -> !isUpper;
          case ' ' -> false;
          default -> throw new AssertionError("no block: " + (int) block);
        };
    return text == Text.DARK_ON_LIGHT ? isInk : !isInk;
  }
}
