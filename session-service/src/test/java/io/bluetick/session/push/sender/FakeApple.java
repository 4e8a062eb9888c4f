package io.bluetick.session.push.sender;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Apple's push notification service, as far as it answers. */
final class FakeApple implements AutoCloseable {
  private final MockApnsServer server;
  private final int port;
  private final List<Request> requests = new ArrayList<>();
  private @Nullable RejectionReason refusal;

  /** What came. */
  record Request(Map<String, String> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  FakeApple(ServerCertificate certificate) throws IOException {
    server =
        new MockApnsServerBuilder()
            .setServerCredentials(
                new X509Certificate[] {certificate.certificate()}, certificate.key(), null)
            .setHandlerFactory(_ -> this::answer)
            .build();
    port = server.start(0).join();
  }

  int port() {
    return port;
  }

  synchronized void refuse(RejectionReason reason) {
    refusal = reason;
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  synchronized void forget() {
    requests.clear();
    refusal = null;
  }

  private synchronized void answer(Http2Headers headers, ByteBuf payload)
      throws RejectedNotificationException {
    Map<String, String> all = new HashMap<>();
    headers.forEach(header -> all.put(header.getKey().toString(), header.getValue().toString()));
    requests.add(new Request(all, payload.toString(StandardCharsets.UTF_8)));
    if (refusal != null) {
      throw new RejectedNotificationException(refusal);
    }
  }

  @Override
  public void close() {
    server.shutdown().join();
  }
}
