package io.bluetick.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.ProfileFolders;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a profile of the SDK, without a server. */
class RealProfileTest {
  @TempDir Path checkout;

  private final StringWriter err = new StringWriter();

  @Test
  void profile_is_opened_by_its_passphrase_only_and_by_one_process() {
    try (Device device = profiles().open("default", "right".toCharArray())) {
      assertThat(device.own()).isEmpty();
      assertThat(run("right", "info")).isEqualTo(4);
    }
    assertThat(run("wrong", "info")).isEqualTo(5);
    assertThat(run("right", "info")).isEqualTo(6);
    assertThat(run("right", "backup")).isZero();
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("✗ "));
  }

  @Test
  void server_that_is_not_there_is_exit_code_3() {
    assertThat(
            run(
                "right",
                "register",
                "--number",
                "+4915112345678",
                "--server",
                "http://127.0.0.1:9"))
        .isEqualTo(3);
    assertThat(err.toString()).contains("the server cannot be reached (NOT_CONNECTED)");
  }

  @Test
  void profiles_lie_in_the_checkout_unless_the_environment_says_otherwise() {
    assertThat(World.profiles(checkout, Map.of()))
        .isEqualTo(checkout.resolve(".bluetick").resolve("profiles"));
    assertThat(World.profiles(checkout, Map.of("BLUETICK_PROFILES", "/elsewhere")))
        .isEqualTo(Path.of("/elsewhere"));
  }

  private ProfileFolders profiles() {
    return new ProfileFolders(checkout);
  }

  private int run(String passphrase, String... arguments) {
    Asking nobody =
        new Asking() {
          @Override
          public boolean isPersonThere() {
            return false;
          }

          @Override
          public Optional<String> line(String prompt) {
            return Optional.empty();
          }

          @Override
          public Optional<char[]> secret(String prompt) {
            return Optional.empty();
          }
        };
    World world =
        new World(
            profiles(),
            checkout,
            Map.of("BLUETICK_PASSPHRASE", passphrase),
            nobody,
            InputStream.nullInputStream(),
            Clock.systemUTC(),
            ZoneOffset.UTC);
    return Launcher.commandLine(world)
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
