package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.noise.StaticKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
  private final SecureRandom random = new SecureRandom();
  @TempDir private Path folder = Path.of("");

  private static String line(StaticKeys keys) {
    return Base64.getEncoder().encodeToString(keys.privateKey());
  }

  @Test
  void a_file_is_made_for_its_owner_alone_and_read_again() throws IOException {
    Path file = folder.resolve("deep/keys");
    ServerKeys made = ServerKeys.of(file, random);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(ServerKeys.of(file, random).published()).isEqualTo(made.published()).hasSize(1);
  }

  @Test
  void the_current_key_comes_before_the_previous_one() throws IOException {
    StaticKeys current = StaticKeys.generate(random);
    StaticKeys previous = StaticKeys.generate(random);
    Path file = folder.resolve("keys");
    Files.writeString(file, "# ours\n\n " + line(current) + " \n" + line(previous) + "\n");
    assertThat(ServerKeys.of(file, random).published())
        .containsExactly(
            Base64.getEncoder().encodeToString(current.publicKey()),
            Base64.getEncoder().encodeToString(previous.publicKey()));
  }

  @Test
  void what_is_no_key_is_told_without_being_shown() throws IOException {
    String secret = line(StaticKeys.generate(random)).substring(0, 40) + "*";
    Path file = folder.resolve("keys");
    Files.writeString(file, secret + "\n");
    assertThatThrownBy(() -> ServerKeys.of(file, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key")
        .hasMessageNotContaining(secret)
        .hasNoCause();
    Files.writeString(file, Base64.getEncoder().encodeToString(new byte[31]) + "\n");
    assertThatThrownBy(() -> ServerKeys.of(file, random)).hasMessageContaining("no key");
  }

  @Test
  void none_and_three_are_not_what_is_wanted() throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "# nothing\n");
    assertThatThrownBy(() -> ServerKeys.of(file, random)).hasMessageContaining("0 keys");
    String key = line(StaticKeys.generate(random)) + "\n";
    Files.writeString(file, key.repeat(3));
    assertThatThrownBy(() -> ServerKeys.of(file, random))
        .hasMessageContaining("3 keys")
        .hasMessageNotContaining(key.strip());
  }

  @Test
  void keys_do_not_tell_themselves() {
    assertThat(ServerKeys.temporary(random)).hasToString("ServerKeys[1]");
  }
}
