package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
  private static final int MANY = 300;

  private final EmbeddedGateway gateway =
      new EmbeddedGateway(Map.of(), new RecordingTopic(), new RecordingTopic());
  private final List<EmbeddedGateway.Peer> peers = new ArrayList<>();

  private EmbeddedGateway.Peer connect() {
    EmbeddedGateway.Peer peer = gateway.connect();
    peers.add(peer);
    return peer;
  }

  private ConnectionTable table() {
    return peers.getFirst().connection.loop().table;
  }

  @Test
  void it_grows_and_finds_each_by_its_number() {
    for (int i = 0; i < MANY; i++) {
      connect();
    }
    assertThat(table().size()).isEqualTo(MANY);
    for (EmbeddedGateway.Peer peer : peers) {
      assertThat(table().get(peer.connection.number())).isSameAs(peer.connection);
    }
    peers.forEach(EmbeddedGateway.Peer::hangUp);
    assertThat(table().size()).isZero();
    assertThat(table().range()).isEqualTo(MANY);
  }

  @Test
  void who_is_gone_is_not_found_though_its_place_is_taken() {
    EmbeddedGateway.Peer gone = connect();
    gone.hangUp();
    assertThat(table().get(gone.connection.number())).isNull();
    EmbeddedGateway.Peer next = connect();
    assertThat(table().range()).isOne();
    assertThat(next.connection.number()).isNotEqualTo(gone.connection.number());
    assertThat(table().get(gone.connection.number())).isNull();
    assertThat(table().get(next.connection.number())).isSameAs(next.connection);
    next.hangUp();
  }

  @Test
  void numbers_of_one_place_do_not_come_again_soon() {
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      EmbeddedGateway.Peer peer = gateway.connect();
      assertThat(numbers.add(peer.connection.number())).isTrue();
      peer.hangUp();
    }
  }

  @Test
  void a_number_tells_its_loop() {
    for (int loop : new int[] {0, 1, 127, 128, 255}) {
      ConnectionTable table = new ConnectionTable(0xFFFF, loop);
      assertThat(ConnectionTable.loopOf(table.nextNumber())).isEqualTo(loop);
    }
  }

  @Test
  void a_number_that_was_never_given_finds_nobody() {
    connect();
    for (long number : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0xFFFFFF}) {
      assertThat(table().get(number)).isNull();
    }
    peers.getFirst().hangUp();
  }
}
