package io.bluetick.session.token;

import io.bluetick.platform.security.OpenTo;
import io.bluetick.platform.security.OwnKeys;
import io.bluetick.session.secret.MasterKey;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing keys, and what is open to callers without a token. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TokenSettings.class, BootstrapSettings.class})
class TokenConfiguration {

  @Bean
  @DependsOnDatabaseInitialization
  SigningKeys signingKeys(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      MasterKey masterKey,
      TokenSettings settings,
      Clock clock) {
    return new SigningKeys(
        new SigningKeyRows(sql, new TransactionTemplate(transactions), masterKey, settings), clock);
  }

  /** This service checks tokens by the keys that it has; all others fetch them. */
  @Bean
  OwnKeys ownKeys(SigningKeys keys) {
    return keys::published;
  }

  @Bean
  OpenTo openKeys() {
    return OpenTo.of(HttpMethod.GET, JwksEndpoint.PATH);
  }

  @Bean
  OpenTo openTokens() {
    return OpenTo.of(
        HttpMethod.POST,
        "/v1/tokens/refresh",
        "/v1/tokens/recover",
        "/v1/admin/session/login",
        "/v1/admin/session/exchange");
  }
}
