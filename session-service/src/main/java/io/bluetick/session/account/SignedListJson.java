package io.bluetick.session.account;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A device list as the primary signed it. */
@Schema(name = "SignedDeviceList")
public record SignedListJson(
    @Schema(
            description = "An encoded bluetick.v1.DeviceList.",
            example = "ChAAESIzRFVmd4iZqrvM3e7/EAEaRxIhBQ==")
        @NotNull
        @ByteLength(min = 1, max = 1024)
        ByteString list,
    @Schema(
            description = "By the primary's identity key (XEdDSA), 64 bytes.",
            example =
                "7pmOeQAqhm1MtrSJ5JmDZqPQfdqHD0XbO7sQMFjH5bWr"
                    + "2o0Mk4TzvFTLfH1DqF0lVQ8iRk2UWnJxVgN3vAeHgg==")
        @NotNull
        @ByteLength(min = 64, max = 64)
        ByteString signature) {

  public static SignedListJson of(SignedDeviceList signed) {
    return new SignedListJson(signed.getList(), signed.getSignature());
  }

  public SignedDeviceList signed() {
    return SignedDeviceList.newBuilder().setList(list).setSignature(signature).build();
  }
}
