package io.bluetick.gateway.topic;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A producer that keeps back what it is to send while the test wants it to. */
final class HeldProducer {
  private final Producer<byte[], byte[]> real;
  private final List<Sent> heldBack = new ArrayList<>();
  private boolean holding;

  private record Sent(ProducerRecord<byte[], byte[]> record, Callback callback) {}

  HeldProducer(Producer<byte[], byte[]> real) {
    this.real = real;
  }

  @SuppressWarnings("unchecked")
  Producer<byte[], byte[]> producer() {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Producer.class}, this::invoke);
  }

  @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // The caller gets the future.
  private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("send") && arguments != null && arguments.length == 2) {
      return send((ProducerRecord<byte[], byte[]>) arguments[0], (Callback) arguments[1]);
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (!holding) {
      return real.send(record, callback);
    }
    heldBack.add(new Sent(record, callback));
    return new CompletableFuture<>();
  }

  synchronized void hold() {
    holding = true;
  }

  synchronized void release() {
    holding = false;
    for (Sent sent : heldBack) {
      var _ = real.send(sent.record(), sent.callback());
    }
    heldBack.clear();
  }
}
