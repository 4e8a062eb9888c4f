package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.History.Reaction;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Origin;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Content;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.client.store.Restoration;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.SendToAccount;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A device of a {@link FakeTown}. */
final class FakePhone implements Device {
  final AccountId account;

  private final FakeTown town;
  private final List<Message> messages = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Reaction> reactions = new ArrayList<>();
  private final List<Runnable> mailbox = new ArrayList<>();
  private @Nullable OwnDevice own;
  private @Nullable Consumer<ClientEvent> listener;
  private Consumer<byte[]> frames = _ -> {};

  FakePhone(FakeTown town, AccountId account) {
    this.town = town;
    this.account = account;
  }

  OwnDevice register() {
    OwnDevice made =
        new OwnDevice(
            URI.create("http://127.0.0.1:8080"),
            ByteString.EMPTY,
            new DeviceAddress(account, 0),
            1,
            ByteString.EMPTY,
            StaticKeys.generate(new SecureRandom()));
    own = made;
    return made;
  }

  // ---- What the town does ----------------------------------------------------------------------

  private void tell(ClientEvent event) {
    Consumer<ClientEvent> hears = listener;
    if (hears != null) {
      hears.accept(event);
    }
  }

  /** Now, or when it is connected. */
  private void deliver(Runnable what) {
    if (listener == null) {
      mailbox.add(what);
    } else {
      what.run();
    }
  }

  private synchronized Message put(Message message) {
    messages.removeIf(each -> each.contentId().equals(message.contentId()));
    messages.add(message);
    messages.sort(java.util.Comparator.comparing(Message::at));
    return message;
  }

  private void change(Message which, UnaryOperator<Message> change) {
    Message changed = put(change.apply(find(which.author(), which.contentId()).orElseThrow()));
    tell(new ClientEvent.MessageChanged(changed));
  }

  private void ticked(Message which, Tick tick) {
    Message before = find(which.author(), which.contentId()).orElseThrow();
    if (before.tick().compareTo(tick) < 0) {
      Message now =
          FakeMessages.with(before, before.text(), tick, before.isEdited(), before.isDeleted());
      tell(new ClientEvent.Ticked(List.of(put(now))));
    }
  }

  // ---- The port --------------------------------------------------------------------------------

  @Override
  public Optional<OwnDevice> own() {
    return Optional.ofNullable(own);
  }

  @Override
  public List<Contact> contacts() {
    return List.copyOf(contacts);
  }

  @Override
  public Optional<Contact> named(String name) {
    return Optional.empty();
  }

  @Override
  public synchronized Optional<Contact> contact(AccountId other) {
    return contacts.stream().filter(each -> each.account().equals(other)).findFirst();
  }

  @Override
  public synchronized List<Message> newest(AccountId chat, int limit) {
    return List.copyOf(messages);
  }

  @Override
  public List<Message> before(Message message, int limit) {
    return List.of();
  }

  @Override
  public List<Message> search(String words, int limit) {
    return List.of();
  }

  @Override
  public List<Message> search(AccountId chat, String words, int limit) {
    return List.of();
  }

  @Override
  public synchronized Optional<Message> find(AccountId author, ByteString contentId) {
    return messages.stream().filter(each -> each.contentId().equals(contentId)).findFirst();
  }

  @Override
  public synchronized List<Reaction> reactions(Message message) {
    return reactions.stream().filter(each -> !each.author().equals(message.author())).toList();
  }

  @Override
  public int timer(AccountId chat) {
    return 0;
  }

  @Override
  public Optional<String> safetyNumber(AccountId other) {
    boolean isOdd =
        town.fault == FakeTown.Fault.STANDS_BETWEEN
            && account.toString().compareTo(other.toString()) > 0;
    return Optional.of((isOdd ? "1" : "0") + "123456789".repeat(6) + "01234");
  }

  @Override
  public Path backup(char[] passphrase) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Restoration restore(Path file, char[] passphrase) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Link connect(Consumer<ClientEvent> hears, Consumer<byte[]> sees) {
    town.events.execute(() -> {
      listener = hears;
      frames = sees;
      tell(new ClientEvent.Online());
      mailbox.forEach(Runnable::run);
      mailbox.clear();
      tell(new ClientEvent.CaughtUp());
    });
    return new PhoneLink();
  }

  @Override
  public void close() {}

  @Override
  public boolean isHeld(AccountId chat) {
    return false;
  }

  private final class PhoneLink implements Link {

    /** Does something on the town's thread, and has the other one's phone do it as well. */
    private CompletableFuture<Saying> both(Message message, Consumer<FakePhone> what) {
      return CompletableFuture.supplyAsync(
          () -> {
            FakePhone other = town.phone(message.chat());
            what.accept(FakePhone.this);
            other.deliver(() -> what.accept(other));
            return new Saying.Said(message);
          },
          town.events);
    }

    @Override
    public CompletableFuture<Saying> send(AccountId chat, String text) {
      return CompletableFuture.supplyAsync(() -> say(chat, text), town.events);
    }

    private Saying say(AccountId chat, String text) {
      byte[] id = new byte[16];
      new SecureRandom().nextBytes(id);
      FakePhone other = town.phone(chat);
      long number = messages.size() + 1L;
      Message message =
          new Message(
              number,
              chat,
              account,
              ByteString.copyFrom(id),
              FakeDevice.NOON.plusSeconds(60 * number),
              text,
              Tick.ACCEPTED,
              false,
              false,
              FakeMessages.text(text),
              Origin.OWN);
      tell(new ClientEvent.MessageAdded(put(message)));
      frames.accept(frame(message));
      other.deliver(() -> {
        other.hear(message);
        if (town.fault != FakeTown.Fault.LOSES_RECEIPTS) {
          deliver(() -> ticked(message, Tick.DELIVERED));
        }
      });
      return new Saying.Said(message);
    }

    private byte[] frame(Message message) {
      return Frames.encode(
          ClientFrameType.SEND_TO_ACCOUNT,
          SendToAccount.newBuilder()
              .setCounter(message.id())
              .setAccount(message.chat().bytes())
              .addDevices(
                  DeviceCiphertext.newBuilder()
                      .setCiphertext(ByteString.copyFrom(town.sealed(message.text()))))
              .build());
    }

    @Override
    public CompletableFuture<Saying> send(AccountId chat, NewFile file) {
      throw new UnsupportedOperationException("nobody sends files in this town");
    }

    @Override
    public CompletableFuture<Boolean> trust(AccountId account) {
      return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletableFuture<Path> fetch(Message message) {
      throw new UnsupportedOperationException("nobody sends files in this town");
    }

    @Override
    public CompletableFuture<Saying> reply(Message to, String text) {
      return send(to.chat(), text);
    }

    @Override
    public CompletableFuture<Saying> edit(Message message, String text) {
      return both(
          message,
          phone -> {
            if (phone == FakePhone.this || town.fault != FakeTown.Fault.LOSES_EDITS) {
              phone.change(
                  message, each -> FakeMessages.with(each, text, each.tick(), true, false));
            }
          });
    }

    @Override
    public CompletableFuture<Saying> delete(Message message) {
      return both(
          message,
          phone ->
              phone.change(message, each -> FakeMessages.with(each, "", each.tick(), false, true)));
    }

    @Override
    public CompletableFuture<Saying> react(Message to, String emoji) {
      return both(
          to,
          phone -> {
            synchronized (phone) {
              phone.reactions.add(new Reaction(account, emoji));
            }
            phone.change(to, each -> each);
          });
    }

    @Override
    public CompletableFuture<Saying> locate(AccountId chat, Place place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Saying> disappearAfter(AccountId chat, Duration after) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Integer> read(AccountId chat) {
      return CompletableFuture.supplyAsync(
          () -> {
            List<Message> read =
                newest(chat, 100).stream()
                    .filter(each -> !each.isOwn() && each.tick() != Tick.READ)
                    .toList();
            FakePhone other = town.phone(chat);
            for (Message message : read) {
              ticked(message, Tick.READ);
              other.deliver(() -> other.ticked(message, Tick.READ));
            }
            return read.size();
          },
          town.events);
    }

    @Override
    public void typing(AccountId chat, boolean isTyping) {}

    @Override
    public void watch(AccountId other) {}

    @Override
    public CompletableFuture<Boolean> name(Contact contact) {
      synchronized (FakePhone.this) {
        contacts.add(contact);
      }
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> verified(AccountId other, boolean isVerified) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<DeviceApi.Device>> devices() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<LinkingApi.Linked> take(String code) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Boolean> remove(int number) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      CompletableFuture.runAsync(() -> listener = null, town.events).join();
    }
  }

  /** Another one's message, as it looks here. */
  private void hear(Message message) {
    Content content = message.content();
    Message heard =
        new Message(
            message.id(),
            message.author(),
            message.author(),
            message.contentId(),
            message.at(),
            message.text(),
            Tick.DELIVERED,
            false,
            false,
            content,
            new Origin(0, message.id()));
    tell(new ClientEvent.MessageAdded(put(heard)));
  }
}
