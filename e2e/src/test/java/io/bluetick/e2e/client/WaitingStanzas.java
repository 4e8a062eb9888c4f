package io.bluetick.e2e.client;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.bluetick.protocol.AccountId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What the server keeps for devices that are offline, in the hands of somebody with its keys. */
public final class WaitingStanzas implements AutoCloseable {
  private static final String ROWS =
      "SELECT device, registration, day, sequence, content FROM inbox"
          + " WHERE account = ? ALLOW FILTERING";
  private static final String ALTER =
      "UPDATE inbox SET content = ?"
          + " WHERE account = ? AND device = ? AND registration = ? AND day = ? AND sequence = ?";

  private final CqlSession session;

  public WaitingStanzas(int port) {
    this.session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .withKeyspace("bluetick")
            .build();
  }

  int of(AccountId account) {
    return rows(account).size();
  }

  /** Another byte in the midst of each, which is in its ciphertext. */
  void alter(AccountId account) {
    for (Row row : rows(account)) {
      ByteBuffer content = Objects.requireNonNull(row.getByteBuffer("content"));
      byte[] altered = new byte[content.remaining()];
      content.get(altered);
      altered[altered.length / 2] ^= 1;
      session.execute(
          session
              .prepare(ALTER)
              .bind(
                  ByteBuffer.wrap(altered),
                  id(account),
                  row.getInt("device"),
                  row.getInt("registration"),
                  row.getInt("day"),
                  row.getLong("sequence")));
    }
  }

  /** Rows without a content only carry marks. */
  private List<Row> rows(AccountId account) {
    return session.execute(session.prepare(ROWS).bind(id(account))).all().stream()
        .filter(row -> !row.isNull("content"))
        .toList();
  }

  private static UUID id(AccountId account) {
    return new UUID(account.high(), account.low());
  }

  @Override
  public void close() {
    session.close();
  }
}
