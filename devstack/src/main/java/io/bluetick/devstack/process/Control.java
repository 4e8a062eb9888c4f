package io.bluetick.devstack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * How another command talks to the running launcher: a loopback port and a secret, both noted in
 * the run file, which only this user can read. One line asks, the answer's lines are shown as they
 * come, and the last one is {@code ok} or {@code failed}.
 */
public final class Control implements AutoCloseable {

  /** Does what a line asks for, reports as it goes, and says whether it went well. */
  public interface Handler {
    boolean handle(String request, Consumer<String> report);
  }

  private static final int REQUEST_LIMIT_MS = 2_000;

  private final ServerSocket server;
  private final String secret;
  private final ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();

  private Control(ServerSocket server, String secret) {
    this.server = server;
    this.secret = secret;
  }

  public static Control open(RunFile runFile, Handler handler) throws IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Control control = new Control(server, HexFormat.of().formatHex(random));
    runFile.put("control.secret", control.secret);
    runFile.put("control.port", Integer.toString(server.getLocalPort()));
    Thread.ofVirtual().name("control").start(() -> control.accept(handler));
    return control;
  }

  /** Asks the launcher that this run file names; false if it failed or there is none. */
  public static boolean ask(RunFile runFile, String request, Consumer<String> report)
      throws IOException {
    int port = Integer.parseInt(runFile.get("control.port").orElse("0"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader in = reader(socket)) {
      out.println(runFile.get("control.secret").orElse("") + " " + request);
      String last = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("ok") || line.equals("failed")) {
          last = line;
        } else {
          report.accept(line);
        }
      }
      return last.equals("ok");
    }
  }

  private void accept(Handler handler) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        conversations.execute(() -> serve(socket, handler));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, Handler handler) {
    try (socket;
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader in = reader(socket)) {
      socket.setSoTimeout(REQUEST_LIMIT_MS);
      String line = in.readLine();
      if (line == null || !line.startsWith(secret + " ")) {
        return;
      }
      boolean done = handler.handle(line.substring(secret.length() + 1), out::println);
      out.println(done ? "ok" : "failed");
    } catch (IOException askerHasGone) {
      // What was asked for is done or under way; nobody is left to be told.
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Lets conversations end that are under way. */
  @Override
  public void close() throws IOException {
    server.close();
    conversations.close();
  }
}
