package io.bluetick.media;

import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A line to a real store that can be cut and mended: the store itself is shared by all tests. */
public final class Relay implements AutoCloseable {
  private final int port = Ports.free(1)[0];
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable URI target;
  private @Nullable ServerSocket server;

  /** What leads through it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public synchronized void mend(String url) throws IOException {
    target = URI.create(url);
    if (server == null) {
      ServerSocket opened = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
      server = opened;
      Thread.startVirtualThread(() -> accept(opened));
    }
  }

  /** Breaks all connections and refuses new ones. */
  public synchronized void cut() throws IOException {
    ServerSocket open = server;
    server = null;
    if (open != null) {
      open.close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void accept(ServerSocket open) {
    try {
      while (true) {
        Socket client = open.accept();
        URI to = target;
        Socket store = new Socket(to == null ? "" : to.getHost(), to == null ? 0 : to.getPort());
        sockets.add(client);
        sockets.add(store);
        Thread.startVirtualThread(() -> pass(client, store));
        Thread.startVirtualThread(() -> pass(store, client));
      }
    } catch (IOException _) {
      // Cut.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException _) {
      // One end has gone; the other one follows.
    }
  }
}
