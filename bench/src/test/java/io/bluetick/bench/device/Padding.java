package io.bluetick.bench.device;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

/** Makes a message long by a field that nobody knows and everybody ignores. */
final class Padding {
  private static final int UNKNOWN_FIELD = 1000;

  private Padding() {}

  static UnknownFieldSet ofBytes(int bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            UNKNOWN_FIELD,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                .build())
        .build();
  }
}
