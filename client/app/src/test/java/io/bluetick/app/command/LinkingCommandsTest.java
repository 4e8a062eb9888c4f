package io.bluetick.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.app.device.FakeProfiles;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.linking.LinkingFault;
import io.bluetick.protocol.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinkingCommandsTest extends AtTheCommandLine {
  private static final String CODE = FakeProfiles.CODE.uri();

  // ---- The new device --------------------------------------------------------------------------

  @Test
  void linking_draws_the_code_and_waits_for_the_primary() {
    device.unregistered();
    profiles.answers.add(Optional::empty);
    profiles.answers.add(() -> Optional.of(FakeProfiles.companion(3)));
    assertThat(run("link", "--name", "laptop")).isZero();
    assertThat(out.toString()).isEqualTo(FakeDevice.SELF + " device 3\n");
    assertThat(err.toString()).contains("█", "devices add '" + CODE + "'");
    assertThat(profiles.offered).isEqualTo("http://127.0.0.1:8080 laptop closed");
  }

  @Test
  void code_is_the_first_object_for_scripts() {
    profiles.answers.add(() -> Optional.of(FakeProfiles.companion(3)));
    assertThat(run("link", "--json", "--profile", "new")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"code\":\"" + CODE + "\"}",
            "{\"account\":\""
                + FakeDevice.SELF
                + "\",\"device\":3,\"server\":\"http://127.0.0.1:8080\"}");
    assertThat(err.toString()).doesNotContain("█", CODE);
  }

  @Test
  void lost_answer_is_asked_for_again() {
    profiles.answers.add(() -> {
      throw ServerTrouble.unreachable();
    });
    profiles.answers.add(() -> Optional.of(FakeProfiles.companion(1)));
    assertThat(run("link", "--profile", "new")).isZero();
  }

  @Test
  void code_that_nobody_scanned_is_exit_code_7() {
    assertThat(run("link", "--profile", "new")).isEqualTo(7);
    profiles.answers.add(Optional::empty);
    profiles.answers.add(() -> {
      throw ServerTrouble.refused(ErrorCode.EXPIRED);
    });
    assertThat(run("link", "--profile", "new")).isEqualTo(7);
    assertThat(profiles.answers).isEmpty();
    assertThat(err.toString()).contains("✗ no primary took this device in").contains("run this");
  }

  @Test
  void device_is_not_linked_again() {
    assertThat(run("link")).isEqualTo(1);
    assertThat(profiles.offered).isEmpty();
    assertThat(err.toString()).contains("--profile NAME");
  }

  @Test
  void primary_that_does_not_vouch_is_one_line() {
    profiles.answers.add(() -> {
      LinkingCode.parse("something else");
      return Optional.empty();
    });
    assertThat(run("link", "--profile", "new")).isEqualTo(1);
    assertThat(err.toString().lines().filter(line -> line.startsWith("✗ "))).hasSize(1);
  }

  @Test
  void refusal_that_does_not_pass_is_not_asked_for_again() {
    profiles.answers.add(() -> {
      throw ServerTrouble.refused(ErrorCode.FORBIDDEN);
    });
    profiles.answers.add(() -> Optional.of(FakeProfiles.companion(1)));
    assertThat(run("link", "--profile", "new")).isEqualTo(1);
    assertThat(err.toString()).contains("forbidden");
  }

  @ParameterizedTest
  @EnumSource(LinkingFault.class)
  void every_fault_says_what_to_do(LinkingFault fault) {
    assertThat(LinkingAdvice.of(fault))
        .containsAnyOf("copy", "update", "again", "remove")
        .doesNotContain("\n");
  }

  // ---- The account's devices -------------------------------------------------------------------

  @Test
  void devices_are_listed_and_this_one_is_marked() {
    device.being(2);
    assertThat(run("devices")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "  0  phone                     desktop     last seen 2026-11-20  the primary",
            "  2  laptop                    desktop     last seen 2026-11-20  this one");
    assertThat(run("devices", "--json")).isZero();
    assertThat(out.toString())
        .contains("{\"number\":0,\"name\":\"phone\",\"platform\":\"desktop\",")
        .contains("\"lastSeen\":\"2026-11-20\",\"own\":false}\n{\"number\":2,")
        .endsWith("\"own\":true}\n");
    assertThat(device.calls).containsExactly("devices", "close", "devices", "close");
  }

  @Test
  void primary_takes_a_companion_in_by_its_code() {
    assertThat(run("devices", "add", CODE)).isZero();
    assertThat(out.toString()).isEqualTo("device 2 is linked\n");
    answers.add("  " + CODE + " ");
    assertThat(run("devices", "add", "--json")).isZero();
    assertThat(out.toString()).endsWith("{\"number\":2,\"listVersion\":2}\n");
    assertThat(device.calls).containsExactly("take " + CODE, "close", "take " + CODE, "close");
  }

  @Test
  void code_that_is_none_is_said_to_be_none() {
    assertThat(run("devices", "add", "bluetick://link?v=1")).isEqualTo(1);
    assertThat(run("devices", "add", "12345")).isEqualTo(1);
    assertThat(run("devices", "add")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("missing or changed"),
            line -> assertThat(line).contains("that is no code"),
            line -> assertThat(line).contains("there is no code"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void primary_puts_a_companion_out() {
    assertThat(run("devices", "remove", "2", "--json")).isZero();
    assertThat(out.toString()).isEqualTo("{\"removed\":2}\n");
    assertThat(run("devices", "remove", "0")).isEqualTo(2);
    assertThat(run("devices", "remove", "128")).isEqualTo(2);
    assertThat(run("devices", "remove", "x")).isEqualTo(2);
    assertThat(device.calls).containsExactly("remove 2", "close");
  }

  @Test
  void companion_leaves_that_to_the_primary() {
    device.being(1);
    assertThat(run("devices", "add", CODE)).isEqualTo(1);
    assertThat(run("devices", "remove", "1")).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("the primary"));
    assertThat(device.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, link again",
    "CONFLICT, link again",
    "STALE_LIST, try again",
    "TOO_MANY, remove one first",
    "NOT_FOUND, no such device",
    "FORBIDDEN, Because. (forbidden)"
  })
  void refusals_say_what_to_do(ErrorCode code, String advice) {
    device.refusing(ServerTrouble.refused(code));
    assertThat(run("devices", "add", CODE)).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains(advice);
  }

  @Test
  void server_that_is_not_there_is_exit_code_3() {
    device.refusing(ServerTrouble.unreachable());
    assertThat(run("devices")).isEqualTo(3);
    assertThat(run("devices", "remove", "1")).isEqualTo(3);
  }

  @Test
  void help_shows_examples() {
    for (String command : new String[] {"link", "devices", "devices add", "devices remove"}) {
      out.getBuffer().setLength(0);
      assertThat(run((command + " --help").split(" "))).isZero();
      assertThat(out.toString()).containsPattern("Examples?:").contains("./bluetick chat");
    }
  }
}
