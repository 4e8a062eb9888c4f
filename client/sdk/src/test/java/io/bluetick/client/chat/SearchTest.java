package io.bluetick.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTest {
  @Test
  void each_word_may_go_on() {
    assertThat(Search.query("hel wor")).isEqualTo("\"hel\"* \"wor\"*");
  }

  @Test
  void what_the_index_would_take_for_its_language_is_plain_text() {
    assertThat(Search.query("a\" OR text:b NEAR(c)"))
        .isEqualTo("\"a\"* \"OR\"* \"text\"* \"b\"* \"NEAR\"* \"c\"*");
    assertThat(Search.query("*\"'();-")).isEmpty();
  }

  @Test
  void letters_of_all_scripts_are_words() {
    assertThat(Search.query("Grüße привет 你好")).isEqualTo("\"Grüße\"* \"привет\"* \"你好\"*");
  }
}
