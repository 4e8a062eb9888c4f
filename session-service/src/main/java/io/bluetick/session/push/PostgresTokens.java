package io.bluetick.session.push;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Push tokens in PostgreSQL.
 *
 * <pre>
 * push_token  account, device  of the device; goes with it
 *             registration     counts only while it is the device's
 *             kind             fcm | apns | web
 *             token            its {@link PushToken} as JSON, sealed for this row
 * </pre>
 */
final class PostgresTokens implements Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresTokens.class);

  private static final String PUT =
      """
      INSERT INTO push_token (account, device, registration, kind, token, updated_at)
      SELECT account, number, registration, :kind, :token, :now FROM device
        WHERE account = :account AND number = :device AND registration = :registration
      ON CONFLICT (account, device) DO UPDATE
        SET registration = excluded.registration, kind = excluded.kind, token = excluded.token,
            updated_at = excluded.updated_at\
      """;

  private static final String OF =
      """
      SELECT p.account, p.device, p.kind, p.token
        FROM unnest(:ids::text[]::uuid[], :devices::int[]) AS asked (account, device)
        JOIN push_token p ON p.account = asked.account AND p.device = asked.device
        JOIN device d ON d.account = p.account AND d.number = p.device
          AND d.registration = p.registration\
      """;

  private final JdbcClient sql;
  private final Seal seal;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.shared();

  PostgresTokens(JdbcClient sql, Seal seal, Clock clock) {
    this.sql = sql;
    this.seal = seal;
    this.clock = clock;
  }

  @Override
  public boolean put(DeviceAddress device, int registration, PushToken token) {
    byte[] sealed = seal.seal(json.writeValueAsBytes(token), context(device));
    return sql.sql(PUT)
            .param("account", uuid(device))
            .param("device", device.device())
            .param("registration", registration)
            .param("kind", token.kind().label())
            .param("token", sealed)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  @Override
  public void remove(DeviceAddress device) {
    sql.sql("DELETE FROM push_token WHERE account = ? AND device = ?")
        .params(uuid(device), device.device())
        .update();
  }

  @Override
  public void remove(DeviceAddress device, Stored stored) {
    sql.sql("DELETE FROM push_token WHERE account = ? AND device = ? AND token = ?")
        .params(uuid(device), device.device(), stored.stamp().toByteArray())
        .update();
  }

  @Override
  public Map<DeviceAddress, Stored> of(Collection<DeviceAddress> devices) {
    Map<DeviceAddress, Stored> tokens = new HashMap<>();
    sql.sql(OF)
        .param("ids", devices.stream().map(d -> uuid(d).toString()).toArray(String[]::new))
        .param("devices", devices.stream().map(DeviceAddress::device).toArray(Integer[]::new))
        .query(row -> {
          DeviceAddress device = device(row);
          open(device, row.getString("kind"), row.getBytes("token"), tokens);
        });
    return tokens;
  }

  /** One that does not open is as good as none; the device tells it again when it next starts. */
  private void open(
      DeviceAddress device, String kind, byte[] sealed, Map<DeviceAddress, Stored> tokens) {
    try {
      PushToken token = json.readValue(seal.open(sealed, context(device)), type(kind));
      tokens.put(device, new Stored(token, ByteString.copyFrom(sealed)));
    } catch (IllegalStateException | JacksonException e) {
      // Without its message: it may quote what does not parse.
      LOG.error("event=push_token_unreadable device={} cause={}", device, e.getClass().getName());
    }
  }

  private static Class<? extends PushToken> type(String kind) {
    return switch (kind) {
      case "fcm" -> PushToken.Fcm.class;
      case "apns" -> PushToken.Apns.class;
      case "web" -> PushToken.Web.class;
      default -> throw new IllegalStateException("no kind of token: " + kind);
    };
  }

  private static DeviceAddress device(ResultSet row) throws SQLException {
    UUID account = row.getObject("account", UUID.class);
    return new DeviceAddress(AccountIds.of(account), row.getInt("device"));
  }

  private static UUID uuid(DeviceAddress device) {
    return AccountIds.uuid(device.account());
  }

  private static byte[] context(DeviceAddress device) {
    return device.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
