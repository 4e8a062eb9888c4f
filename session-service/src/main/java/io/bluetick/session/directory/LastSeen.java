package io.bluetick.session.directory;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.AccountIds;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * On which day a device, and with it its account, was seen last: no finer, because nobody needs it
 * finer. Days are gathered and written together; those that were not written when the process died
 * come with the next opening.
 */
@Component
class LastSeen {
  private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);
  private static final String EVERY = "PT1M";
  private static final String SEEN =
      """
      WITH seen AS (
        SELECT * FROM unnest(?::uuid[], ?::smallint[], ?::date[]) AS s (account, number, day)
      ), devices AS (
        UPDATE device d SET last_seen = s.day FROM seen s
        WHERE d.account = s.account AND d.number = s.number AND d.last_seen < s.day
      )
      UPDATE account a SET last_seen = s.day
      FROM (SELECT account, max(day) AS day FROM seen GROUP BY account) s
      WHERE a.id = s.account AND a.last_seen < s.day
      """;

  private final JdbcTemplate sql;
  private final Clock clock;
  private final int limit;
  private final Map<DeviceAddress, LocalDate> gathered = new ConcurrentHashMap<>();

  LastSeen(JdbcTemplate sql, Clock clock, DirectorySettings settings) {
    this.sql = sql;
    this.clock = clock;
    this.limit = settings.seen();
  }

  /**
   * A device is there.
   *
   * @param before when PostgreSQL saw it last
   */
  void seen(DeviceAddress device, LocalDate before) {
    LocalDate today = LocalDate.now(clock);
    if (before.isBefore(today) && gathered.size() < limit) {
      gathered.put(device, today);
    }
  }

  @Scheduled(fixedDelayString = EVERY, initialDelayString = EVERY)
  void write() {
    List<Map.Entry<DeviceAddress, LocalDate>> days =
        gathered.entrySet().stream()
            .map(Map.Entry::copyOf)
            .sorted(Comparator.comparing(day -> AccountIds.uuid(day.getKey().account())))
            .toList();
    if (days.isEmpty()) {
      return;
    }
    try {
      write(days);
      days.forEach(day -> gathered.remove(day.getKey(), day.getValue()));
    } catch (DataAccessException e) {
      LOG.warn("event=last_seen_not_written count={} cause={}", days.size(), e.toString());
    }
  }

  private void write(List<Map.Entry<DeviceAddress, LocalDate>> days) {
    Object[] accounts =
        days.stream().map(day -> AccountIds.uuid(day.getKey().account())).toArray(UUID[]::new);
    Object[] numbers =
        days.stream().map(day -> (short) day.getKey().device()).toArray(Short[]::new);
    Object[] dates = days.stream().map(day -> Date.valueOf(day.getValue())).toArray(Date[]::new);
    sql.update(connection -> {
      PreparedStatement update = connection.prepareStatement(SEEN);
      update.setArray(1, connection.createArrayOf("uuid", accounts));
      update.setArray(2, connection.createArrayOf("smallint", numbers));
      update.setArray(3, connection.createArrayOf("date", dates));
      return update;
    });
  }
}
