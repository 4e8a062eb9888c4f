package io.bluetick.session.token;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Caller;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.bluetick.session.secret.XEdDsa;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets a device in that has no token by a signature of its identity key. Each signature counts
 * once: its time bounds how long its nonce must be remembered.
 */
@Component
class Recovery {
  static final int NONCE_BYTES = 16;

  private static final byte[] CONTEXT = "bluetick.v1.token".getBytes(StandardCharsets.US_ASCII);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** As long as a signature's time may be good, and a little more. */
  private static final Duration REMEMBERED = TOLERANCE.multipliedBy(2).plusMinutes(1);

  /** Nobody's: checked against where there is no device, so that both take the same time. */
  private static final ByteString NO_KEY =
      ByteString.fromHex("0509" + "00".repeat(XEdDsa.PUBLIC_KEY_BYTES - 2));

  private final JdbcClient sql;
  private final StringRedisTemplate redis;
  private final Limits limits;
  private final Clock clock;

  Recovery(JdbcClient sql, StringRedisTemplate redis, Limits limits, Clock clock) {
    this.sql = sql;
    this.redis = redis;
    this.limits = limits;
    this.clock = clock;
  }

  /** What a device sends. */
  record Proof(AccountId account, int device, long timeMs, ByteString nonce, ByteString signature) {

    byte[] signed() {
      return ByteBuffer.allocate(CONTEXT.length + AccountId.BYTES + 1 + Long.BYTES + NONCE_BYTES)
          .put(CONTEXT)
          .put(account.bytes().asReadOnlyByteBuffer())
          .put((byte) device)
          .putLong(timeMs)
          .put(nonce.asReadOnlyByteBuffer())
          .array();
    }
  }

  private record Known(ByteString identityKey, int registration, boolean suspended) {}

  /** The device, if it is the one that signed. */
  Caller proved(Proof proof) {
    limits.take(Limit.RECOVERIES, proof.account() + "." + proof.device());
    Instant now = clock.instant();
    if (Duration.between(now, Instant.ofEpochMilli(proof.timeMs())).abs().compareTo(TOLERANCE)
        > 0) {
      throw new BluetickException(
          ErrorCode.EXPIRED, "The time is more than five minutes off ours; sign anew.");
    }
    Optional<Known> known = find(proof);
    byte[] key = known.map(Known::identityKey).orElse(NO_KEY).toByteArray();
    boolean signed = XEdDsa.verify(key, proof.signed(), proof.signature().toByteArray());
    if (known.isEmpty() || !signed) {
      throw new BluetickException(
          ErrorCode.BAD_SIGNATURE, "This is no signature of such a device.");
    }
    useUp(proof);
    if (known.get().suspended()) {
      throw new BluetickException(ErrorCode.SUSPENDED, "This account is suspended.");
    }
    return new Caller(proof.account(), proof.device(), known.get().registration());
  }

  private Optional<Known> find(Proof proof) {
    return sql.sql(
            """
            SELECT d.identity_key, d.registration, a.suspended_at IS NOT NULL AS suspended
            FROM device d JOIN account a ON a.id = d.account WHERE d.account = ? AND d.number = ?
            """)
        .params(AccountIds.uuid(proof.account()), proof.device())
        .query((row, _) ->
            new Known(ByteString.copyFrom(row.getBytes(1)), row.getInt(2), row.getBoolean(3)))
        .optional();
  }

  private void useUp(Proof proof) {
    String nonce = HexFormat.of().formatHex(proof.nonce().toByteArray());
    String name = "session:recover:" + proof.account() + "." + proof.device() + ":" + nonce;
    Boolean first;
    try {
      first = redis.opsForValue().setIfAbsent(name, "", REMEMBERED);
    } catch (DataAccessException away) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "This cannot be checked now; try again later.", away);
    }
    if (!Boolean.TRUE.equals(first)) {
      throw new BluetickException(ErrorCode.CONFLICT, "This nonce was used before.");
    }
  }
}
