package io.bluetick.platform.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cassandra.autoconfigure.CassandraProperties;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A session whose keyspace exists and is migrated, in place of Boot's. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration")
@ConditionalOnClass({CqlSession.class, CassandraProperties.class})
@EnableConfigurationProperties(CassandraSettings.class)
public class CassandraPlatformAutoConfiguration {
  private static final String MIGRATIONS = "classpath*:cql/*.cql";
  private static final Duration RECONNECTION = Duration.ofSeconds(2);

  @Bean(destroyMethod = "close")
  CqlSession cassandraSession(
      ObjectProvider<CqlSessionBuilder> builders,
      CassandraSettings settings,
      CassandraProperties properties,
      Clock clock)
      throws IOException {
    String where = String.join(", ", properties.getContactPoints());
    CqlSession session =
        CassandraStart.open(builders::getObject, settings.startTimeout(), where, clock);
    try {
      new CqlMigrator(session, settings, String.valueOf(properties.getLocalDatacenter()), clock)
          .migrate(migrations());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  /**
   * Without the window the driver waits a second after each DDL for more of them. The warning is
   * about sessions that are shared while their keyspace changes; the migrator's is not shared yet.
   *
   * <p>A node that is back is noticed soon: the driver's own patience grows to a minute.
   */
  @Bean
  DriverConfigLoaderBuilderCustomizer driverOptions() {
    return loader ->
        loader
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
            .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECTION);
  }

  private static List<CqlMigration> migrations() throws IOException {
    List<CqlMigration> found = new ArrayList<>();
    for (Resource file : new PathMatchingResourcePatternResolver().getResources(MIGRATIONS)) {
      found.add(
          CqlMigration.of(
              String.valueOf(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8)));
    }
    return found;
  }
}
