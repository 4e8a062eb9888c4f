package io.bluetick.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.fake.FakeGateway;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Subscribe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketClientTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FakeGateway gateway = new FakeGateway();
  private final SocketClient client = SocketClient.start(1);
  private final RecordedSocket heard = new RecordedSocket();

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  @Test
  void a_device_opens_a_session_and_its_ping_is_answered() throws Exception {
    DeviceSocket socket = open();
    byte[] ping = Frames.encode(ClientFrameType.PING, Ping.newBuilder().setNumber(7).build());
    socket.execute(() -> {
      socket.write(ping);
      socket.write(ping);
      socket.flush();
    });
    assertThat(nextFrame()).isEqualTo(ServerFrameType.PONG.getNumber());
    assertThat(nextFrame()).isEqualTo(ServerFrameType.PONG.getNumber());
  }

  @Test
  void what_the_gateway_refuses_reaches_the_listener_as_a_frame() throws Exception {
    DeviceSocket socket = open();
    byte[] frame = Frames.encode(ClientFrameType.SUBSCRIBE, Subscribe.getDefaultInstance());
    socket.execute(() -> {
      socket.write(frame);
      socket.flush();
    });
    assertThat(nextFrame()).isEqualTo(ServerFrameType.REFUSED.getNumber());
  }

  @Test
  void a_frame_too_long_for_one_packet_arrives_whole() throws Exception {
    DeviceSocket socket = open();
    Ping.Builder ping = Ping.newBuilder().setNumber(7);
    ping.setUnknownFields(Padding.ofBytes(60_000));
    byte[] frame = Frames.encode(ClientFrameType.PING, ping.build());
    socket.execute(() -> {
      socket.write(frame);
      socket.flush();
    });
    assertThat(nextFrame()).isEqualTo(ServerFrameType.PONG.getNumber());
  }

  @Test
  void a_gateway_that_sheds_says_for_how_long() throws Exception {
    gateway.shed(1, 1234);
    connect(gateway.publicKey(), gateway.address());
    assertThat(ending()).isEqualTo(new Ending.GoAway(1234));
  }

  @Test
  void a_wrong_server_key_is_told_clearly() throws Exception {
    connect(StaticKeys.generate(RANDOM).publicKey(), gateway.address());
    assertThat(ending())
        .isEqualTo(new Ending.Refused(Stage.GREETING, 4401, "unauthenticated"))
        .extracting(Ending::describe)
        .asString()
        .contains("does the gateway hold the pinned key");
  }

  @Test
  void a_closed_port_is_told_as_lost() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    connect(gateway.publicKey(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    assertThat(ending()).isInstanceOf(Ending.Lost.class);
  }

  @Test
  void a_server_that_is_silent_is_given_up() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Target target =
          new Target(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()),
              gateway.publicKey(),
              Duration.ofMillis(100));
      client.connect(target, device(), heard);
      assertThat(ending().describe()).contains("not open after 100 ms");
    }
  }

  @Test
  void a_device_that_closes_hears_that_it_did() throws Exception {
    DeviceSocket socket = open();
    socket.execute(socket::close);
    assertThat(ending()).isEqualTo(new Ending.Closed());
  }

  @Test
  void a_gateway_that_dies_is_told_as_lost() throws Exception {
    open();
    gateway.close();
    assertThat(ending()).isEqualTo(new Ending.Lost(Stage.OPEN, "closed without a word"));
  }

  @Test
  void the_key_is_read_where_the_gateway_publishes_it() throws IOException {
    assertThat(PublishedKey.of(gateway.address())).isEqualTo(gateway.publicKey());
  }

  private DeviceSocket open() throws Exception {
    connect(gateway.publicKey(), gateway.address());
    DeviceSocket socket = heard.opened.get(10, TimeUnit.SECONDS);
    assertThat(nextFrame()).isEqualTo(ServerFrameType.DRAINED.getNumber());
    return socket;
  }

  private void connect(byte[] serverKey, InetSocketAddress address) {
    client.connect(new Target(address, serverKey, Duration.ofSeconds(10)), device(), heard);
  }

  private static Device device() {
    return new Device(AccountId.random(RANDOM), 0, StaticKeys.generate(RANDOM));
  }

  private Ending ending() throws Exception {
    return heard.ended.get(10, TimeUnit.SECONDS);
  }

  private int nextFrame() throws InterruptedException {
    Integer type = heard.frameTypes.poll(10, TimeUnit.SECONDS);
    return type == null ? -1 : type;
  }
}
