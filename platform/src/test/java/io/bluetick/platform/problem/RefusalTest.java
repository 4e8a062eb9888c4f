package io.bluetick.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.validation.BeanPropertyBindingResult;

class RefusalTest {

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_has_words_of_its_own(ErrorCode code) {
    Refusal refusal = Refusal.of(new BluetickException(code, "said"));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.detail()).isEqualTo("said");
    assertThat(Refusal.of(code.httpStatus()).detail()).isNotBlank();
  }

  @Test
  void no_more_wrong_fields_are_named_than_the_limit() {
    BeanPropertyBindingResult errors = new BeanPropertyBindingResult("target", "order");
    for (int i = 0; i < 2 * Refusal.FIELD_ERROR_LIMIT; i++) {
      errors.reject("wrong", "number " + i);
    }
    Refusal refusal = Refusal.of(new org.springframework.validation.BindException(errors));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(refusal.errors()).hasSize(Refusal.FIELD_ERROR_LIMIT);
  }
}
