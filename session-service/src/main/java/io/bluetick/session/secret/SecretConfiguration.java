package io.bluetick.session.secret;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The master key, held against the database that was filled with it: an instance with another key
 * would find nobody and register everybody anew, so it does not start.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretSettings.class)
class SecretConfiguration {
  private static final byte[] FINGERPRINT_OF = {};

  @Bean
  @DependsOnDatabaseInitialization
  MasterKey masterKey(SecretSettings settings, JdbcClient sql) throws IOException {
    MasterKeyFile file = new MasterKeyFile(settings.masterKey());
    List<byte[]> known = fingerprints(sql);
    if (!file.exists()) {
      if (!known.isEmpty()) {
        throw new WrongMasterKeyException(
            "%s is missing, and the database is in use".formatted(file.path()));
      }
      file.create();
    }
    MasterKey key = file.read();
    byte[] fingerprint = key.hash("fingerprint").of(FINGERPRINT_OF);
    if (known.isEmpty()) {
      sql.sql("INSERT INTO master_key (fingerprint) VALUES (?) ON CONFLICT DO NOTHING")
          .param(fingerprint)
          .update();
      known = fingerprints(sql); // Another instance may have been first, with another key.
    }
    if (known.stream().noneMatch(one -> Arrays.equals(one, fingerprint))) {
      throw new WrongMasterKeyException(
          "%s is not the key that this database was filled with".formatted(file.path()));
    }
    return key;
  }

  private static List<byte[]> fingerprints(JdbcClient sql) {
    return sql.sql("SELECT fingerprint FROM master_key")
        .query((row, _) -> row.getBytes("fingerprint"))
        .list();
  }
}
