package io.bluetick.client.linking;

import static io.bluetick.client.linking.Faults.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.rest.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkingCodeTest {
  private static final LinkingCode CODE =
      new LinkingCode(Samples.bytes(16, 1), Samples.bytes(32, 2), Samples.bytes(32, 3));
  private static final String URI =
      "bluetick://link?v=1&a=AQEBAQEBAQEBAQEBAQEBAQ"
          + "&e=AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"
          + "&c=AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM";

  @Test
  void code_is_written_and_read_in_one_way() {
    assertThat(CODE.uri()).isEqualTo(URI);
    assertThat(LinkingCode.parse(URI)).isEqualTo(CODE);
    assertThat(CODE.addressText()).isEqualTo("AQEBAQEBAQEBAQEBAQEBAQ");
  }

  @Test
  void code_does_not_print_itself() {
    assertThat(CODE.toString()).isEqualTo("LinkingCode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bluetick:",
        "https://link?v=1",
        "BLUETICK://link?v=1",
        "bluetick://link",
        "bluetick://linked?v=1",
        "bluetick://link/?v=1",
        " bluetick://link?v=1"
      })
  void something_else_is_no_link(String scanned) {
    assertThat(faultOf(() -> LinkingCode.parse(scanned))).isEqualTo(LinkingFault.NOT_A_LINK);
  }

  @Test
  void endless_text_is_no_link() {
    assertThat(faultOf(() -> LinkingCode.parse(URI + "&".repeat(1000))))
        .isEqualTo(LinkingFault.NOT_A_LINK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=0", "v=2", "v=2&whatever=there&will=be", "v=9999"})
  void code_of_another_version_is_told_from_a_broken_one(String query) {
    assertThat(faultOf(() -> LinkingCode.parse("bluetick://link?" + query)))
        .isEqualTo(LinkingFault.UNKNOWN_VERSION);
  }

  @Test
  void code_with_an_older_version_written_into_it_is_refused() {
    assertThat(faultOf(() -> LinkingCode.parse(URI.replace("v=1", "v=0"))))
        .isEqualTo(LinkingFault.UNKNOWN_VERSION);
  }

  @Test
  void truncated_code_is_malformed_wherever_it_ends() {
    int start = "bluetick://link?".length();
    for (int length = start; length < URI.length(); length++) {
      String cut = URI.substring(0, length);
      assertThat(faultOf(() -> LinkingCode.parse(cut)))
          .as(cut)
          .isEqualTo(LinkingFault.MALFORMED_CODE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"&x=1", "&v=1", " ", "\n", "=", "A", "#f"})
  void code_with_something_behind_it_is_malformed(String more) {
    assertThat(faultOf(() -> LinkingCode.parse(URI + more))).isEqualTo(LinkingFault.MALFORMED_CODE);
  }

  @Test
  void code_is_malformed_in_any_other_spelling() {
    for (String other :
        new String[] {
          URI.replace("v=1", "v=01"),
          URI.replace("v=1", "v=+1"),
          URI.replace("v=1", "V=1"),
          URI.replace("&a=", "&A="),
          URI.replace("a=AQEB", "a=+QEB"),
          URI.replace("a=AQEB", "a=%41QEB"),
          // Bits to spare in the last digit.
          URI.replace("AwM", "AwM").substring(0, URI.length() - 1) + "N",
        }) {
      assertThat(faultOf(() -> LinkingCode.parse(other)))
          .as(other)
          .isEqualTo(LinkingFault.MALFORMED_CODE);
    }
  }
}
