package io.bluetick.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.app.device.FakeMessages;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.delivery.ClientEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest extends AtTheCommandLine {
  private static final String ANNA = FakeDevice.ANNA.toString();

  // ---- The command line ------------------------------------------------------------------------

  @Test
  void help_lists_commands_and_exit_codes_and_shows_examples() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("register", "contacts", "listen", "restore", "4     the profile is open")
        .contains("./bluetick chat send anna")
        .doesNotContain("train");
    assertThat(run("send", "--help")).isZero();
    assertThat(out.toString()).contains("--wait=HOW FAR", "(default: accepted)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "send",
        "send anna",
        "send anna x --wait never",
        "send anna x --timeout x",
        "register",
        "register --number 12",
        "register --number +49151234567 --code 1 --dev-code",
        "history anna --limit 0",
        "listen --count 0",
        "contacts",
        "contacts add anna 12",
        "verify anna --yes --no",
        "info --profile ../x",
        "info --passphrase secret",
        "register --number +49151234567 --server ftp://x"
      })
  void wrong_command_lines_are_exit_code_2(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("✗ ").contains("--help tells more");
  }

  @Test
  void options_may_stand_before_and_after_the_command() {
    profiles.devices.put("bob", device);
    assertThat(run("--profile", "bob", "--json", "info")).isZero();
    assertThat(run("info", "--profile", "bob", "--json")).isZero();
    assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.contains("\"bob\""));
  }

  // ---- Profiles and passphrases ----------------------------------------------------------------

  @Test
  void unknown_or_unregistered_profile_is_exit_code_6() {
    assertThat(run("info", "--profile", "none")).isEqualTo(6);
    device.unregistered();
    assertThat(run("info")).isEqualTo(6);
    assertThat(err.toString()).contains("\"none\" does not exist", "is not registered");
  }

  @Test
  void passphrase_comes_from_a_file_before_the_environment_before_a_person() throws IOException {
    Path file = Files.writeString(checkout.resolve("p"), "from file\nmore\n");
    run("info", "--passphrase-file", file.toString());
    assertThat(profiles.passphrase).isEqualTo("from file");
    run("info");
    assertThat(profiles.passphrase).isEqualTo("right");
    environment.clear();
    answers.add("typed");
    run("info");
    assertThat(profiles.passphrase).isEqualTo("typed");
    assertThat(run("info")).isEqualTo(2);
  }

  @Test
  void passphrase_of_a_new_profile_is_typed_twice() {
    environment.clear();
    answers.addAll(List.of("one", "other"));
    assertThat(run("register", "--number", "+4915112345678", "--profile", "new")).isEqualTo(1);
    answers.addAll(List.of("one", "one", "123456"));
    assertThat(run("register", "--number", "+49 151 12345678", "--profile", "new")).isZero();
    assertThat(profiles.passphrase).isEqualTo("one");
    assertThat(profiles.registered)
        .isEqualTo("http://127.0.0.1:8080 +4915112345678 123456 terminal null");
  }

  // ---- Registering -----------------------------------------------------------------------------

  @Test
  void code_of_a_local_server_is_read_from_its_log() throws IOException {
    Path logs = Files.createDirectories(checkout.resolve(".bluetick").resolve("logs"));
    Files.writeString(
        logs.resolve("session-service.log"),
        """
        {"message":"event=dev_code code=111111 session=beefbeef"}
        {"message":"event=dev_code code=222222 session=beef"}
        """);
    assertThat(run("register", "--number", "+4915112345678", "--dev-code", "--again")).isZero();
    assertThat(profiles.registered).contains(" 222222 ");
    assertThat(out.toString()).isEqualTo(FakeDevice.SELF + "\n");
  }

  @Test
  void registered_profile_is_not_registered_again_by_mistake() {
    assertThat(run("register", "--number", "+4915112345678", "--code", "1")).isEqualTo(1);
    assertThat(profiles.registered).isEmpty();
  }

  // ---- Messages --------------------------------------------------------------------------------

  @Test
  void a_file_is_sent_with_a_caption_or_without() {
    device.reaching(Tick.ACCEPTED);
    assertThat(run("send", "anna", "--file", "/tmp/a.jpg", "the sea")).isZero();
    assertThat(run("send", "anna", "--file", "/tmp/b.jpg", "--once")).isZero();
    assertThat(device.calls).contains("file /tmp/a.jpg the sea false", "file /tmp/b.jpg  true");
  }

  @Test
  void the_files_of_a_chat_are_saved_with_what_was_on_its_way() {
    Attachment file = Attachment.newBuilder().setName("a.jpg").build();
    device.hear("no file");
    device.beginningBy(() -> {
      device.hearFile(file);
      device.hearFile(file.toBuilder().setViewOnce(true).build());
      device.tell(new ClientEvent.CaughtUp());
    });
    assertThat(run("save", "anna", "--json")).isZero();
    assertThat(out.toString()).isEqualTo("{\"id\":2,\"path\":\"/saved/2\"}\n");
  }

  @Test
  void files_that_are_here_are_told_while_the_server_is_away() {
    device.hearFile(Attachment.newBuilder().setName("a.jpg").build());
    device.beginningWith(new ClientEvent.Offline("connection refused", Duration.ofSeconds(1)));
    assertThat(run("save", "anna", "--timeout", "50ms")).isEqualTo(3);
    assertThat(out.toString()).isEqualTo("/saved/1\n");
    assertThat(err.toString()).contains("connection refused", "here already");
  }

  @Test
  void sending_waits_for_the_tick_that_is_wanted() {
    device.reaching(Tick.DELIVERED);
    assertThat(run("send", "anna", "hi", "--wait", "delivered", "--json")).isZero();
    assertThat(out.toString()).contains("\"text\":\"hi\",\"tick\":\"delivered\"");
    assertThat(run("send", ANNA, "hi", "--wait", "read", "--timeout", "50ms")).isEqualTo(7);
    assertThat(err.toString()).contains("not read within the time");
  }

  @Test
  void unreachable_server_is_exit_code_3_and_the_message_is_kept() {
    device.beginningWith(new ClientEvent.Offline("connection refused", Duration.ofSeconds(1)));
    assertThat(run("send", "anna", "hi", "--timeout", "50ms")).isEqualTo(3);
    assertThat(err.toString()).contains("connection refused", "kept");
  }

  @Test
  void message_that_is_given_up_is_a_failure() {
    device.reaching(Tick.FAILED);
    assertThat(run("send", "anna", "hi")).isEqualTo(1);
  }

  @Test
  void text_comes_from_a_pipe_for_a_dash() {
    piped = "two\nlines\n";
    device.reaching(Tick.ACCEPTED);
    assertThat(run("send", "anna", "-")).isZero();
    assertThat(device.calls).contains("send two\nlines");
    assertThat(run("send", "anna", "x".repeat(16_385))).isEqualTo(1);
    assertThat(err.toString()).contains("too long: a message has at most 5500 bytes");
    assertThat(run("send", "nobody", "x")).isEqualTo(1);
  }

  @Test
  void listening_ends_after_the_count() {
    device.beginningWith(
        new ClientEvent.MessageAdded(
            device.add(FakeDevice.ANNA, FakeMessages.text("ping"), "ping\u001b", Tick.DELIVERED)));
    assertThat(run("listen", "--json", "--count", "1")).isZero();
    assertThat(out.toString()).contains("\"event\":\"message\"", "\"name\":\"anna\"", "\\u001B");
    assertThat(run("listen", "--count", "1")).isZero();
    assertThat(out.toString()).contains("2026-11-21 12:01  anna: ping\n");
  }

  @Test
  void connection_that_is_over_ends_listening() {
    device.beginningWith(new ClientEvent.Stopped("another connection took over"));
    assertThat(run("listen")).isEqualTo(1);
  }

  @Test
  void history_search_and_export_tell_messages_without_a_server() {
    device.add(FakeDevice.ANNA, FakeMessages.text("one"), "one", Tick.READ);
    device.add(FakeDevice.SELF, FakeMessages.text("two"), "two", Tick.READ);
    assertThat(run("history", "anna")).isZero();
    assertThat(out.toString())
        .isEqualTo("2026-11-21 12:01  anna: one\n2026-11-21 12:02  you to anna: two ✓✓ read\n");
    assertThat(run("search", "two", "--json")).isZero();
    assertThat(run("export", "anna", "--format", "json")).isZero();
    assertThat(out.toString().lines()).hasSize(5);
    assertThat(run("search", "two", "--with", "anna")).isZero();
    assertThat(run("search", "two", "--with", "f".repeat(32))).isZero();
    assertThat(run("export", "anna")).isZero();
    assertThat(out.toString().lines()).hasSize(8);
    assertThat(device.calls).isEmpty();
  }

  @Test
  void chat_works_in_a_pipe() {
    piped = "hello\n/quit\n";
    device.reaching(Tick.ACCEPTED);
    assertThat(run("chat", "anna")).isZero();
    assertThat(out.toString()).contains("[1] 12:01 you: hello");
  }

  // ---- People and backups ----------------------------------------------------------------------

  @Test
  void contacts_are_added_once_and_listed() {
    String other = "f".repeat(32);
    assertThat(run("contacts", "add", "bob", other)).isZero();
    assertThat(run("contacts", "add", "anna", other)).isEqualTo(1);
    assertThat(run("contacts", "list", "--json")).isZero();
    assertThat(out.toString()).contains("{\"name\":\"bob\",\"account\":\"" + other);
  }

  @Test
  void safety_number_is_told_and_its_comparison_kept() {
    assertThat(run("verify", "anna")).isZero();
    assertThat(out.toString()).startsWith("01234 56789");
    assertThat(run("verify", "anna", "--yes")).isZero();
    assertThat(run("verify", "anna", "--no")).isZero();
    assertThat(device.calls).containsSubsequence("verified true", "verified false");
  }

  @Test
  void who_was_verified_and_has_another_key_is_not_written_to_unasked() {
    device.isHeld = true;
    assertThat(run("send", "anna", "hello")).isEqualTo(8);
    assertThat(err.toString()).contains("anna has another key than the one that you verified");
    assertThat(run("verify", "anna")).isEqualTo(8);
    assertThat(out.toString()).startsWith("01234 56789");
    assertThat(run("verify", "anna", "--no")).isEqualTo(8);
    piped = "hello";
    assertThat(run("chat", "anna")).isEqualTo(8);
    assertThat(out.toString()).contains("compare again by /verify");
    assertThat(run("verify", "anna", "--yes")).isZero();
    device.isHeld = true;
    assertThat(run("verify", "anna", "--trust")).isZero();
    assertThat(device.calls).containsSubsequence("verified false", "verified true", "trust");
  }

  @Test
  void backup_is_restored_with_its_own_passphrase() {
    assertThat(run("backup", "--json")).isZero();
    assertThat(out.toString()).isEqualTo("{\"file\":\"bluetick.backup\"}\n");
    assertThat(run("restore", "x.backup")).isZero();
    answers.add("wrong");
    assertThat(run("restore", "x.backup", "--other-passphrase")).isEqualTo(5);
    device.hear("something");
    assertThat(run("restore", "x.backup")).isEqualTo(1);
    assertThat(err.toString()).contains("a backup comes first");
  }
}
