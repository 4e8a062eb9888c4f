package io.bluetick.gateway;

import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A line to a real backend that can be cut, silenced and mended. */
public final class Relay implements AutoCloseable {
  private final int port = Ports.free(1)[0];
  private volatile InetSocketAddress target = new InetSocketAddress(0);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket server;

  /** To an address given as host:port. */
  public void leadTo(String address) {
    int colon = address.lastIndexOf(':');
    target =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Takes connections again. */
  public synchronized void mend() throws IOException {
    if (server == null) {
      ServerSocket opened = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
      server = opened;
      Thread.startVirtualThread(() -> accept(opened));
    }
  }

  /** Passes on nothing more on the connections there are; new ones work. */
  public void silence() {
    silent.addAll(sockets);
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
        Socket backend = new Socket(target.getAddress(), target.getPort());
        sockets.add(client);
        sockets.add(backend);
        Thread.startVirtualThread(() -> pass(client, backend));
        Thread.startVirtualThread(() -> pass(backend, client));
      }
    } catch (IOException _) {
      // Cut.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!silent.contains(from)) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (IOException _) {
      // One end has gone; the other one follows.
    }
  }
}
