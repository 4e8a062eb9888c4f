package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {

  @Test
  void what_has_no_slash_is_said() {
    assertThat(Typed.parse(" hello there ")).isEqualTo(new Typed.Say("hello there"));
    assertThat(Typed.parse("//etc is a folder")).isEqualTo(new Typed.Say("/etc is a folder"));
    assertThat(Typed.parse("  ")).isEqualTo(new Typed.Nothing());
  }

  @Test
  void commands_are_understood() {
    assertThat(Typed.parse("/older")).isEqualTo(new Typed.Older(20));
    assertThat(Typed.parse("/older 999999")).isEqualTo(new Typed.Older(200));
    assertThat(Typed.parse("/search two words")).isEqualTo(new Typed.Search("two words"));
    assertThat(Typed.parse("/reply 3 yes, please")).isEqualTo(new Typed.Reply(3, "yes, please"));
    assertThat(Typed.parse("/edit better")).isEqualTo(new Typed.Edit("better"));
    assertThat(Typed.parse("/delete")).isEqualTo(new Typed.Delete(Optional.empty()));
    assertThat(Typed.parse("/delete 7")).isEqualTo(new Typed.Delete(Optional.of(7)));
    assertThat(Typed.parse("/react 👍")).isEqualTo(new Typed.React(Optional.empty(), "👍"));
    assertThat(Typed.parse("/react 4 👍")).isEqualTo(new Typed.React(Optional.of(4), "👍"));
    assertThat(Typed.parse("/verify yes")).isEqualTo(new Typed.Verify(Optional.of(true)));
    assertThat(Typed.parse("/trust")).isEqualTo(new Typed.Trust());
    assertThat(Typed.parse("/timer 1h"))
        .isEqualTo(new Typed.Timer(Optional.of(Duration.ofHours(1))));
    assertThat(Typed.parse("/timer off")).isEqualTo(new Typed.Timer(Optional.of(Duration.ZERO)));
    assertThat(Typed.parse("/location 52.52 -13.4 at home"))
        .isEqualTo(new Typed.Location(52.52, -13.4, "at home"));
    assertThat(Typed.parse("/file a.jpg the sea"))
        .isEqualTo(new Typed.File(Path.of("a.jpg"), "the sea"));
    assertThat(Typed.parse("/file \"my photos/a b.jpg\""))
        .isEqualTo(new Typed.File(Path.of("my photos/a b.jpg"), ""));
    assertThat(Typed.parse("/save")).isEqualTo(new Typed.Save(Optional.empty()));
    assertThat(Typed.parse("/save 3")).isEqualTo(new Typed.Save(Optional.of(3)));
    assertThat(Typed.parse("/QUIT")).isEqualTo(new Typed.Quit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/file",
        "/save x",
        "/older x",
        "/older 0",
        "/search",
        "/reply 3",
        "/reply x y",
        "/edit",
        "/delete x",
        "/verify maybe",
        "/timer soon",
        "/timer 500ms",
        "/timer 99w",
        "/location",
        "/location 91 0",
        "/location 1 2e9"
      })
  void what_is_not_understood_says_why(String line) {
    assertThat(Typed.parse(line)).isInstanceOf(Typed.Wrong.class);
  }
}
