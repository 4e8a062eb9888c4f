package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** A one-time key of either kind, as {@code one_time_key} has it. */
record StockRow(int id, ByteString publicKey, @Nullable ByteString signature) {

  static StockRow of(EcKey key) {
    return new StockRow(key.id(), key.publicKey(), null);
  }

  static StockRow of(KyberKey key) {
    return new StockRow(key.id(), key.publicKey(), key.signature());
  }
}
