package io.bluetick.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class SessionApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("postgres", "redis");
  }

  @Test
  void its_schema_is_migrated_and_closed_to_others(@Autowired JdbcTemplate sql) {
    assertThat(
            sql.queryForList(
                "SELECT description FROM session.flyway_schema_history WHERE success"
                    + " AND version IS NOT NULL",
                String.class))
        .startsWith("close the schema", "accounts and devices", "event publications");
    assertThat(
            sql.queryForObject(
                "SELECT has_schema_privilege('pg_monitor', 'session', 'USAGE')", Boolean.class))
        .isFalse();
  }
}
