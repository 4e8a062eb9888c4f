package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Hello;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.ServerFrameType;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of bad input has its code; docs/wire.md lists them. */
class BadInputTest {
  private static final int BINARY = 0x82;

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final StaticKeys key = TestDevice.newKey();
  private final TestGateway gateway = new TestGateway(SessionsForTests.firstUse(), Map.of());

  /** Something a peer may do on a WebSocket that is just there. */
  interface Deed {
    void to(RawSocket socket) throws IOException;
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private static Arguments bad(String name, int code, Deed deed) {
    return Arguments.argumentSet(name, code, deed);
  }

  private static byte[] unmasked(int first, int length) {
    byte[] frame = new byte[2 + length];
    frame[0] = (byte) first;
    frame[1] = (byte) length;
    return frame;
  }

  static Stream<Arguments> webSocket() {
    return Stream.of(
        bad("text", 4400, socket -> socket.sendFrame(0x81, new byte[4])),
        bad("unknown opcode", 4400, socket -> socket.sendFrame(0x83, new byte[4])),
        bad("reserved bit", 4400, socket -> socket.sendFrame(0xC2, new byte[4])),
        bad("not masked", 4400, socket -> socket.write(unmasked(BINARY, 4))),
        bad("long control frame", 4400, socket -> socket.sendFrame(0x89, new byte[126])),
        bad("fragmented control frame", 4400, socket -> socket.sendFrame(0x09, new byte[4])),
        bad("continuation of nothing", 4400, socket -> socket.sendFrame(0x80, new byte[4])),
        bad(
            "message within a message",
            4400,
            socket -> {
              socket.sendFrame(0x02, new byte[4]);
              socket.sendFrame(BINARY, new byte[4]);
            }),
        bad("frame of 64 KiB", 4413, socket -> socket.sendFrame(BINARY, new byte[1 << 16])));
  }

  static Stream<Arguments> firstMessages() {
    return Stream.of(
        bad("fragment before Open", 4400, socket -> socket.sendFrame(0x02, new byte[4])),
        bad("ping before Open", 4400, socket -> socket.sendFrame(0x89, new byte[4])),
        bad("first message of 2 KiB", 4413, socket -> socket.sendFrame(BINARY, new byte[2_048])),
        bad(
            "length of 2^63",
            4413,
            socket -> {
              byte[] head = new byte[14];
              head[0] = (byte) BINARY;
              Arrays.fill(head, 1, 10, (byte) 0xFF);
              socket.write(head);
            }),
        bad("empty first message", 4400, socket -> socket.sendFrame(BINARY, new byte[0])),
        bad("short first message", 4400, socket -> socket.sendFrame(BINARY, new byte[40])),
        bad(
            "noise as first message",
            4401,
            socket -> {
              byte[] noise = new byte[200];
              new SecureRandom().nextBytes(noise);
              socket.sendFrame(BINARY, noise);
            }),
        bad("low-order key", 4401, socket -> socket.sendFrame(BINARY, new byte[200])));
  }

  @ParameterizedTest
  @MethodSource({"webSocket", "firstMessages"})
  void what_a_stranger_does_wrong_has_its_code(int code, Deed deed) throws IOException {
    try (RawSocket socket = new RawSocket(gateway.port())) {
      socket.upgrade();
      deed.to(socket);
      assertThat(socket.readClose().closeCode()).isEqualTo(code);
      socket.sayGoodbye();
      assertThat(socket.isHungUp()).isTrue();
    }
    assertNothingLeft();
  }

  interface DeviceDeed {
    void to(TestDevice device) throws IOException;
  }

  private static Arguments wrong(String name, int code, DeviceDeed deed) {
    return Arguments.argumentSet(name, code, deed);
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        wrong(
            "fragments of more than 64 KiB",
            4413,
            device -> {
              device.sendFrame(0x02, new byte[60_000]);
              device.sendFrame(0x80, new byte[60_000]);
            }),
        wrong("empty frame", 4400, device -> device.sendRaw(new byte[0])),
        wrong("no protobuf", 4400, device -> device.sendRaw(new byte[] {2, -1, -1, -1})),
        wrong(
            "second Open",
            4409,
            device -> device.send(ClientFrameType.OPEN, Open.getDefaultInstance())));
  }

  static Stream<Arguments> sealed() {
    return Stream.of(
        wrong(
            "altered",
            4401,
            device -> {
              byte[] sealed = device.seal(new byte[] {10, 8, 1});
              sealed[3] ^= 1;
              device.sendFrame(BINARY, sealed);
            }),
        wrong(
            "truncated",
            4401,
            device -> {
              byte[] sealed = device.seal(new byte[] {10, 8, 1});
              device.sendFrame(BINARY, Arrays.copyOf(sealed, sealed.length - 1));
            }),
        wrong("shorter than a tag", 4400, device -> device.sendFrame(BINARY, new byte[15])),
        wrong(
            "replayed",
            4401,
            device -> {
              byte[] sealed = device.seal(new byte[] {10, 8, 1});
              device.sendFrame(BINARY, sealed);
              device.sendFrame(BINARY, sealed);
            }),
        wrong(
            "out of order",
            4401,
            device -> {
              byte[] first = device.seal(new byte[] {10, 8, 1});
              byte[] second = device.seal(new byte[] {10, 8, 2});
              device.sendFrame(BINARY, second);
              device.sendFrame(BINARY, first);
            }));
  }

  @ParameterizedTest
  @MethodSource({"frames", "sealed"})
  void what_a_device_does_wrong_has_its_code(int code, DeviceDeed deed) throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      deed.to(device);
      assertThat(device.readClose().closeCode()).isEqualTo(code);
      device.sayGoodbye();
      assertThat(device.isHungUp()).isTrue();
    }
    assertNothingLeft();
  }

  @Test
  void a_first_frame_that_is_not_open_is_out_of_order() throws IOException {
    try (TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key)) {
      device.upgrade();
      device.shakeHands(TestDevice.hello(alice).build());
      device.send(ClientFrameType.PING, Ping.getDefaultInstance());
      assertThat(device.readClose().closeReason()).isEqualTo("out-of-order");
    }
  }

  @Test
  void a_hello_that_names_no_account_is_a_bad_request() throws IOException {
    Hello[] bad = {
      TestDevice.hello(alice).clearAccount().build(),
      TestDevice.hello(alice).setDevice(128).build(),
      TestDevice.hello(alice).setClient("x".repeat(65)).build()
    };
    for (Hello hello : bad) {
      try (TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key)) {
        device.upgrade();
        device.sendFrame(BINARY, device.firstMessage(hello));
        assertThat(device.readClose().closeCode()).isEqualTo(4400);
      }
    }
  }

  @Test
  void fragments_are_put_together_with_a_ping_in_between() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      byte[] sealed = device.seal(new byte[] {10, 8, 42});
      device.sendFrame(0x02, Arrays.copyOf(sealed, 5));
      device.sendFrame(0x89, new byte[] {1, 2, 3});
      device.sendFrame(0x00, new byte[0]);
      device.sendFrame(0x80, Arrays.copyOfRange(sealed, 5, sealed.length));
      RawSocket.Frame pong = device.readFrame();
      assertThat(pong.opcode()).isEqualTo(WebSocketFrame.PONG);
      assertThat(pong.payload()).containsExactly(1, 2, 3);
      assertThat(device.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(42);
    }
  }

  @Test
  void a_frame_that_arrives_byte_by_byte_is_read() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      for (byte b : RawSocket.frame(BINARY, device.seal(new byte[] {10, 8, 7}))) {
        device.write(new byte[] {b});
      }
      assertThat(device.expect(ServerFrameType.PONG, Pong.parser()).getNumber()).isEqualTo(7);
    }
  }

  @Test
  void a_close_is_answered_in_kind() throws IOException {
    try (TestDevice device = TestDevice.open(gateway, alice, key)) {
      device.sendFrame(0x88, new byte[] {3, (byte) 0xE8});
      assertThat(device.readClose().closeCode()).isEqualTo(1000);
      device.sayGoodbye();
      assertThat(device.isHungUp()).isTrue();
    }
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() ->
            gateway.sockets.connections() == 0
                && gateway.sockets.context().admission().openings().count() == 0);
  }
}
