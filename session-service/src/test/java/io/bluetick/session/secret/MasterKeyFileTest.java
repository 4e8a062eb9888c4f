package io.bluetick.session.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class MasterKeyFileTest {
  private final SecretConfiguration configuration = new SecretConfiguration();

  @TempDir private Path folder;

  @Test
  void a_key_is_made_once_and_for_its_owner_alone() throws IOException {
    MasterKeyFile file = new MasterKeyFile(folder.resolve("below/master.key"));
    assertThat(file.exists()).isFalse();
    file.create();
    byte[] input = {1};
    byte[] before = file.read().hash("test").of(input);
    file.create();
    assertThat(file.read().hash("test").of(input)).isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_holds_no_key_is_named_and_not_repeated() throws IOException {
    Path file = Files.writeString(folder.resolve("master.key"), "secret-but-short");
    assertThatThrownBy(() -> new MasterKeyFile(file).read())
        .hasMessageContaining("master.key")
        .hasMessageNotContaining("secret-but-short");
  }

  /** The context of this test has filled the database by its own key. */
  @Test
  void a_service_with_another_key_than_its_database_does_not_start(@Autowired JdbcClient sql)
      throws IOException {
    SecretSettings missing = new SecretSettings(folder.resolve("missing.key"));
    assertThatThrownBy(() -> configuration.masterKey(missing, sql))
        .isInstanceOf(WrongMasterKeyException.class)
        .hasMessageContaining("BLUETICK_MASTER_KEY");
    assertThat(missing.masterKey()).doesNotExist();
    MasterKeyFile another = new MasterKeyFile(folder.resolve("another.key"));
    another.create();
    assertThatThrownBy(() -> configuration.masterKey(new SecretSettings(another.path()), sql))
        .isInstanceOf(WrongMasterKeyException.class);
  }
}
