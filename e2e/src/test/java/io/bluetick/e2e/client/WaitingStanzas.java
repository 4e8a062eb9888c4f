package io.bluetick.e2e.client;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.bluetick.protocol.AccountId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** What the server keeps for devices that are offline, in the hands of somebody with its keys. */
public final class WaitingStanzas implements AutoCloseable {
  private static final String ROWS =
      "SELECT account, device, registration, day, sequence, content FROM inbox"
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
      byte[] content = new byte[row.getByteBuffer("content").remaining()];
      row.getByteBuffer("content").get(content);
      content[content.length / 2] ^= 1;
      session.execute(
          session
              .prepare(ALTER)
              .bind(
                  ByteBuffer.wrap(content),
                  row.getUuid("account"),
                  row.getInt("device"),
                  row.getInt("registration"),
                  row.getInt("day"),
                  row.getLong("sequence")));
    }
  }

  /** Rows without a content only carry marks. */
  private List<Row> rows(AccountId account) {
    UUID id = new UUID(account.high(), account.low());
    return session.execute(session.prepare(ROWS).bind(id)).all().stream()
        .filter(row -> row.getByteBuffer("content") != null)
        .toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
