package io.bluetick.platform.postgres;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;

/** Boot's own check of the database, called by what it is: Boot would name it {@code db}. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(DataSourceHealthIndicator.class)
@ConditionalOnBean(DataSource.class)
public class PostgresAutoConfiguration {

  /** Bounded by the pool's connection timeout. */
  @Bean
  HealthIndicator postgresHealthIndicator(DataSource database) {
    return new DataSourceHealthIndicator(database);
  }
}
