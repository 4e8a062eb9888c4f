package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.protocol.AccountId;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server in memory, and the phones of who registers there. What happens, happens in order. */
public final class FakeTown implements Profiles, AutoCloseable {
  /** What the server does wrong. */
  public enum Fault {
    NONE,
    LOSES_RECEIPTS,
    LOSES_EDITS,
    STANDS_BETWEEN,
    GETS_CLEAR_TEXT
  }

  public final List<String> numbers = new CopyOnWriteArrayList<>();
  public volatile Fault fault = Fault.NONE;

  final Map<AccountId, FakePhone> phones = new HashMap<>();
  final ExecutorService events =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  @Override
  public boolean exists(String name) {
    return false;
  }

  @Override
  public synchronized Device open(String name, char[] passphrase) {
    return new FakePhone(this, new AccountId(7, name.hashCode()));
  }

  @Override
  public Verification begin(Device device, URI server, String number) {
    numbers.add(number);
    return new Verification() {
      @Override
      public String session() {
        return "session";
      }

      @Override
      public OwnDevice finish(String code, String name, @Nullable String pin) {
        synchronized (FakeTown.this) {
          FakePhone phone = (FakePhone) device;
          phones.put(phone.account, phone);
          return phone.register();
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Offering offer(Device device, URI server, String name) {
    throw new UnsupportedOperationException();
  }

  synchronized FakePhone phone(AccountId account) {
    FakePhone phone = phones.get(account);
    if (phone == null) {
      throw new IllegalStateException("nobody is " + account);
    }
    return phone;
  }

  byte[] sealed(String text) {
    return fault == Fault.GETS_CLEAR_TEXT
        ? ByteString.copyFromUtf8(text).toByteArray()
        : new byte[160];
  }

  @Override
  public void close() {
    events.shutdownNow();
  }
}
