package io.bluetick.session.token;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The admin who makes the tokens of all others. There is none unless a password is set.
 *
 * @param name to log in with
 * @param passwordHash Argon2, in its usual form
 * @param passwordFile a file with the password itself, in place of its hash
 */
@Validated
@ConfigurationProperties("bluetick.admin.bootstrap")
record BootstrapSettings(
    @DefaultValue("admin") @NotBlank String name,
    @DefaultValue("") String passwordHash,
    @DefaultValue("") String passwordFile) {

  @AssertTrue(message = "there is one password: a hash or a file")
  boolean isOnePassword() {
    return passwordHash.isEmpty() || passwordFile.isEmpty();
  }

  @AssertTrue(message = "the hash is none of Argon2")
  boolean isArgon2() {
    return passwordHash.isEmpty() || passwordHash.startsWith("$argon2");
  }

  boolean exists() {
    return !(passwordHash.isEmpty() && passwordFile.isEmpty());
  }

  @Override
  public String toString() {
    return "BootstrapSettings[" + name + "]";
  }
}
