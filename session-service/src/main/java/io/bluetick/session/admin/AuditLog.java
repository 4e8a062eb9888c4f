package io.bluetick.session.admin;

import io.bluetick.session.account.AdminActed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code audit}: what operators did, in the same transaction as what they did. */
@Component
class AuditLog {
  /** Of an actor's name and a target: tokens of other issuers may say anything. */
  private static final int NAME_LENGTH_LIMIT = 200;

  static final int DETAIL_LENGTH_LIMIT = 500;

  /**
   * Nine to fifteen digits that stand by themselves, however they are grouped. People write phone
   * numbers into reasons.
   */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![0-9A-Za-z])\\+?\\d(?:[ ()./-]{0,2}\\d){8,14}(?![0-9A-Za-z])");

  private final JdbcClient sql;
  private final Clock clock;

  AuditLog(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** Called within the publisher's transaction: there is no act without its row. */
  @EventListener
  void heard(AdminActed acted) {
    String detail = NUMBER.matcher(acted.detail()).replaceAll("[number]");
    sql.sql("INSERT INTO audit (at, actor, action, target, detail) VALUES (?, ?, ?, ?, ?)")
        .params(
            Timestamp.from(clock.instant()),
            cut(acted.actor(), NAME_LENGTH_LIMIT),
            acted.action(),
            cut(acted.target(), NAME_LENGTH_LIMIT),
            cut(detail, DETAIL_LENGTH_LIMIT))
        .update();
  }

  /** The newest first. */
  List<AuditEntry> find(AuditQuery query) {
    StringBuilder text =
        new StringBuilder("SELECT id, at, actor, action, target, detail FROM audit WHERE true");
    List<Object> values = new ArrayList<>();
    query.before().ifPresent(id -> add("id < ?", id, text, values));
    query.target().ifPresent(target -> add("target = ?", target, text, values));
    query.actor().ifPresent(actor -> add("actor = ?", actor, text, values));
    values.add(query.limit());
    return sql.sql(text.append(" ORDER BY id DESC LIMIT ?").toString())
        .params(values)
        .query((row, _) -> entry(row))
        .list();
  }

  private static void add(String condition, Object value, StringBuilder text, List<Object> values) {
    text.append(" AND ").append(condition);
    values.add(value);
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("target"),
        row.getString("detail"));
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit);
  }
}
