package io.bluetick.bench.device;

import io.bluetick.protocol.v1.Welcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what a socket heard. */
final class RecordedSocket implements SocketListener {
  final CompletableFuture<DeviceSocket> opened = new CompletableFuture<>();
  final CompletableFuture<Ending> ended = new CompletableFuture<>();
  final LinkedBlockingQueue<Integer> frameTypes = new LinkedBlockingQueue<>();

  @Override
  public void opened(DeviceSocket socket, Welcome welcome) {
    opened.complete(socket);
  }

  @Override
  public void frame(DeviceSocket socket, int type, byte[] frame, int offset, int length) {
    frameTypes.add(type);
  }

  @Override
  public void ended(DeviceSocket socket, Ending ending) {
    ended.complete(ending);
  }
}
