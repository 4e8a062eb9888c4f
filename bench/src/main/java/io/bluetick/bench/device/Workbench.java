package io.bluetick.bench.device;

import io.bluetick.protocol.noise.NoiseCipher;
import io.netty.util.concurrent.FastThreadLocal;

/** What the connections of one event loop share: none needs it for longer than one call. */
final class Workbench {

  private static final FastThreadLocal<Workbench> OF_THIS_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected Workbench initialValue() {
          return new Workbench();
        }
      };

  final NoiseCipher cipher = new NoiseCipher();
  final byte[] in = new byte[WebSocketFrames.MAX_PAYLOAD_BYTES];
  final byte[] out = new byte[WebSocketFrames.MAX_PAYLOAD_BYTES];

  private Workbench() {}

  static Workbench ofThisLoop() {
    return OF_THIS_LOOP.get();
  }
}
