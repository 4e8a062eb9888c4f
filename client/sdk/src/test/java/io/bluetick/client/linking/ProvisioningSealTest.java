package io.bluetick.client.linking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.linking.v1.Provisioning;
import io.bluetick.client.rest.Samples;
import org.junit.jupiter.api.Test;

class ProvisioningSealTest {

  /** Made by another implementation (Python's cryptography), as linking.proto describes it. */
  private static final ByteString MESSAGE =
      ByteString.fromHex(
          "080112200faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f201a4900e5"
              + "74be948d7aae34c94438da27c2529a56cd9b6b7e29f0bfdc8ef1d9b1b3e491728b65edfbb30d5580"
              + "8ca4345a04c0512dd8ad1f8cc02f9afdb662b4073f8255348f865075e28dae");

  @Test
  void message_of_another_implementation_opens() {
    byte[] secretKey = Samples.bytes(32, 0x11).toByteArray();
    LinkingCode code =
        new LinkingCode(
            Samples.bytes(16, 1), ProvisioningSeal.publicKey(secretKey), Samples.bytes(32, 3));

    assertThat(ProvisioningSeal.open(code, secretKey, MESSAGE))
        .isEqualTo(
            Provisioning.newBuilder()
                .setAccount(Samples.bytes(16, 4))
                .setDevice(1)
                .setListVersion(2)
                .setPrimaryIdentityKey(Samples.bytes(33, 5))
                .build());
  }
}
