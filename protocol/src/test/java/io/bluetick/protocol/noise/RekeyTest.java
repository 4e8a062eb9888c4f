package io.bluetick.protocol.noise;

import static io.bluetick.protocol.noise.Faults.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.noise.Peers.Connection;
import io.bluetick.protocol.noise.Peers.End;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RekeyTest {
  private static final byte[] TEXT = Peers.bytes("text");

  private final Connection connection = Peers.connect();
  private final End device = connection.device();
  private final End server = connection.server();

  @Test
  void messages_go_on_beyond_the_interval_in_both_directions() {
    assertThat(NoiseCipher.REKEY_INTERVAL).isEqualTo(65_536);
    for (int i = 0; i < 2 * NoiseCipher.REKEY_INTERVAL + 1; i++) {
      assertThat(Arrays.equals(server.open(device.seal(TEXT)), TEXT)).isTrue();
      assertThat(Arrays.equals(device.open(server.seal(TEXT)), TEXT)).isTrue();
    }
    assertThat(device.channel()).hasToString("NoiseChannel[sent=131073, received=131073]");
  }

  /** The specification: encrypt 32 zeros under the last nonce, and keep the first 32 bytes. */
  @Test
  void the_new_key_is_that_of_the_specification() throws GeneralSecurityException {
    byte[] original = sendingKey(device);
    byte[] ofServer = sendingKey(server);
    for (int i = 1; i < NoiseCipher.REKEY_INTERVAL; i++) {
      device.seal(TEXT);
    }
    assertThat(sendingKey(device)).isEqualTo(original);
    device.seal(TEXT);

    byte[] expected = Arrays.copyOf(encrypt(original, -1, new byte[32]), 32);
    assertThat(sendingKey(device)).isEqualTo(expected);
    assertThat(device.seal(TEXT)).isEqualTo(encrypt(expected, NoiseCipher.REKEY_INTERVAL, TEXT));
    // The other direction has sent nothing and keeps its key.
    assertThat(Arrays.copyOfRange(device.channel().keys, 32, 64)).isEqualTo(ofServer);
  }

  @Test
  void a_message_of_the_old_key_is_refused_after_the_interval() throws GeneralSecurityException {
    byte[] original = sendingKey(device);
    for (int i = 0; i < NoiseCipher.REKEY_INTERVAL; i++) {
      server.open(device.seal(TEXT));
    }
    byte[] stale = encrypt(original, NoiseCipher.REKEY_INTERVAL, TEXT);
    assertThat(faultOf(() -> server.open(stale))).isEqualTo(NoiseFault.FORGED);
  }

  private static byte[] sendingKey(End end) {
    return Arrays.copyOf(end.channel().keys, 32);
  }

  private static byte[] encrypt(byte[] key, long nonce, byte[] plaintext)
      throws GeneralSecurityException {
    byte[] iv = new byte[12];
    ByteBuffer.wrap(iv).putLong(4, nonce);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
    return cipher.doFinal(plaintext);
  }
}
