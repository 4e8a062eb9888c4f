package io.bluetick.session.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.BluetickException;
import io.bluetick.session.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
  private final NumberVault vault = new NumberVault(new MasterKey(new byte[MasterKey.BYTES]));

  @ParameterizedTest
  @ValueSource(strings = {"+4915112345678", "+14155552671", "+819012345678", "+919876543210"})
  void a_number_in_e164_is_taken(String text) {
    assertThat(PhoneNumber.parse(text).e164()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "015112345678",
        "+49 151 12345678",
        "+49151",
        "+491511234567890123",
        "+4915112345678;ext=1",
        "+٤٩١٥١١٢٣٤٥٦٧٨",
        "+99912345678",
        "4915112345678"
      })
  void anything_else_is_refused_without_being_repeated(String text) {
    assertThatThrownBy(() -> PhoneNumber.parse(text))
        .isInstanceOf(BluetickException.class)
        .hasMessage("This is no phone number in E.164 form.");
  }

  @Test
  void a_number_does_not_print_itself() {
    assertThat(PhoneNumber.parse("+4915112345678")).hasToString("PhoneNumber");
  }

  @Test
  void what_is_kept_does_not_show_the_number_and_opens_only_with_its_own_hash() {
    PhoneNumber number = PhoneNumber.parse("+4915112345678");
    PhoneNumber other = PhoneNumber.parse("+4915112345679");
    var sealed = vault.seal(number);
    assertThat(sealed.toString(StandardCharsets.ISO_8859_1)).doesNotContain("15112345678");
    assertThat(vault.seal(number)).isNotEqualTo(sealed);
    assertThat(vault.open(sealed, vault.hash(number))).isEqualTo(number);
    assertThatThrownBy(() -> vault.open(sealed, vault.hash(other)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void with_another_master_key_nothing_is_found_and_nothing_opens() {
    byte[] key = new byte[MasterKey.BYTES];
    key[0] = 1;
    NumberVault elsewhere = new NumberVault(new MasterKey(key));
    PhoneNumber number = PhoneNumber.parse("+4915112345678");
    assertThat(elsewhere.hash(number)).isNotEqualTo(vault.hash(number));
    assertThatThrownBy(() -> elsewhere.open(vault.seal(number), vault.hash(number)))
        .isInstanceOf(IllegalStateException.class);
  }
}
