package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.History.Reaction;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Origin;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Reference;
import io.bluetick.client.content.Text;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.rest.ApiException;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.client.store.Restoration;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A device in memory. Events come on a thread of its own, as the SDK's do. */
public final class FakeDevice implements Device {
  public static final AccountId SELF = new AccountId(1, 1);
  public static final AccountId ANNA = AccountId.parse("00112233445566778899aabbccddeeff");
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** What was asked of the link, in order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  private final List<Message> messages = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Reaction> reactions = new ArrayList<>();
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private Optional<OwnDevice> own = Optional.of(FakeProfiles.ownDevice());
  private Optional<ApiException> refusal = Optional.empty();
  private Tick reached = Tick.WAITING;
  private Runnable atStart = () -> tell(new ClientEvent.Online());
  private volatile Consumer<ClientEvent> listener = _ -> {};
  public volatile boolean isClosed;
  public volatile boolean isHeld;

  public static FakeDevice withAnna() {
    FakeDevice device = new FakeDevice();
    device.contacts.add(new Contact(ANNA, "anna", Optional.empty()));
    return device;
  }

  public FakeDevice unregistered() {
    own = Optional.empty();
    return this;
  }

  public void being(int number) {
    own = Optional.of(FakeProfiles.companion(number));
  }

  /** What the server says to all that is asked of it. */
  public void refusing(ApiException why) {
    refusal = Optional.of(why);
  }

  /** So far come all messages, at once. */
  public FakeDevice reaching(Tick tick) {
    reached = tick;
    return this;
  }

  public void beginningWith(ClientEvent event) {
    beginningBy(() -> tell(event));
  }

  public void beginningBy(Runnable happening) {
    atStart = happening;
  }

  public void tell(ClientEvent event) {
    events.execute(() -> listener.accept(event));
  }

  /** The other one says something. */
  public Message hear(String text) {
    Message message = add(ANNA, FakeMessages.text(text), text, Tick.DELIVERED);
    tell(new ClientEvent.MessageAdded(message));
    return message;
  }

  public void tick(Tick tick) {
    Message last = newest(ANNA, 500).stream().filter(Message::isOwn).toList().getLast();
    tell(
        new ClientEvent.Ticked(
            List.of(
                change(
                    last,
                    message ->
                        FakeMessages.with(
                            message, message.text(), tick, message.isEdited(), false)))));
  }

  public synchronized void reaction(String emoji) {
    reactions.add(new Reaction(ANNA, emoji));
    tell(new ClientEvent.MessageChanged(messages.getLast()));
  }

  /** The other one sends a file. */
  public Message hearFile(Attachment file) {
    Content content = Content.newBuilder().setAttachment(file).build();
    Message message = add(ANNA, content, "[file] " + file.getName(), Tick.DELIVERED);
    tell(new ClientEvent.MessageAdded(message));
    return message;
  }

  public synchronized Message add(AccountId author, Content content, String text, Tick tick) {
    long id = messages.size() + 1L;
    Message message =
        new Message(
            id,
            ANNA,
            author,
            ByteString.copyFromUtf8("%016d".formatted(id)),
            NOON.plusSeconds(60 * id),
            text,
            tick,
            false,
            false,
            content,
            author.equals(ANNA) ? new Origin(0, id) : Origin.OWN);
    messages.add(message);
    return message;
  }

  private synchronized Message change(Message message, UnaryOperator<Message> change) {
    Message changed = change.apply(messages.get((int) message.id() - 1));
    messages.set((int) message.id() - 1, changed);
    return changed;
  }

  private <T> CompletableFuture<T> fromServer(String call, T answer) {
    calls.add(call);
    return refusal
        .<CompletableFuture<T>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(answer));
  }

  // ---- The port --------------------------------------------------------------------------------

  @Override
  public Optional<OwnDevice> own() {
    return own;
  }

  @Override
  public synchronized List<Contact> contacts() {
    return List.copyOf(contacts);
  }

  @Override
  public Optional<Contact> named(String name) {
    return contacts().stream().filter(contact -> contact.name().equals(name)).findFirst();
  }

  @Override
  public Optional<Contact> contact(AccountId account) {
    return contacts().stream().filter(contact -> contact.account().equals(account)).findFirst();
  }

  @Override
  public synchronized List<Message> newest(AccountId chat, int limit) {
    List<Message> all = messages.stream().filter(each -> each.chat().equals(chat)).toList();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  @Override
  public synchronized List<Message> before(Message message, int limit) {
    List<Message> all = messages.stream().filter(each -> each.id() < message.id()).toList();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  @Override
  public synchronized List<Message> search(String words, int limit) {
    return messages.stream().filter(each -> each.text().contains(words)).toList().reversed();
  }

  @Override
  public synchronized List<Message> search(AccountId chat, String words, int limit) {
    return search(words, limit).stream().filter(each -> each.chat().equals(chat)).toList();
  }

  @Override
  public synchronized Optional<Message> find(AccountId author, ByteString contentId) {
    return messages.stream().filter(each -> each.contentId().equals(contentId)).findFirst();
  }

  @Override
  public synchronized List<Reaction> reactions(Message message) {
    return message.equals(messages.getLast()) ? List.copyOf(reactions) : List.of();
  }

  @Override
  public int timer(AccountId chat) {
    return 0;
  }

  @Override
  public Optional<String> safetyNumber(AccountId other) {
    return Optional.of("0123456789".repeat(6));
  }

  @Override
  public boolean isHeld(AccountId other) {
    return isHeld;
  }

  @Override
  public Path backup(char[] passphrase) {
    return Path.of("bluetick.backup");
  }

  @Override
  public Restoration restore(Path file, char[] passphrase) {
    if (!messages.isEmpty()) {
      return new Restoration.NotEmpty();
    }
    return new String(passphrase).equals("right")
        ? new Restoration.Restored(java.util.Map.of("message", 3L))
        : new Restoration.WrongPassphrase();
  }

  @Override
  public Link connect(Consumer<ClientEvent> heard, Consumer<byte[]> frames) {
    listener = heard;
    atStart.run();
    return new FakeLink();
  }

  @Override
  public void close() {
    isClosed = true;
  }

  private final class FakeLink implements Link {

    private CompletableFuture<Saying> say(Content content, String text) {
      Message message = add(SELF, content, text, Tick.WAITING);
      tell(new ClientEvent.MessageAdded(message));
      if (reached != Tick.WAITING) {
        tick(reached);
      }
      return CompletableFuture.completedFuture(new Saying.Said(message));
    }

    private CompletableFuture<Saying> called(String call) {
      calls.add(call);
      return CompletableFuture.completedFuture(new Saying.Done());
    }

    @Override
    public CompletableFuture<Saying> send(AccountId chat, String text) {
      if (Conversations.isTooLong(text)) {
        return CompletableFuture.completedFuture(new Saying.TooLong());
      }
      calls.add("send " + text);
      return say(FakeMessages.text(text), text);
    }

    @Override
    public CompletableFuture<Saying> send(AccountId chat, NewFile file) {
      calls.add("file " + file.file() + " " + file.caption() + " " + file.isViewOnce());
      return say(FakeMessages.attachment(file), "[file] " + file.file().getFileName());
    }

    @Override
    public CompletableFuture<Path> fetch(Message message) {
      calls.add("fetch " + message.id());
      return CompletableFuture.completedFuture(Path.of("/saved/" + message.id()));
    }

    @Override
    public CompletableFuture<Saying> reply(Message to, String text) {
      calls.add("reply " + to.id() + " " + text);
      Reference reference =
          Reference.newBuilder().setAuthor(to.author().bytes()).setId(to.contentId()).build();
      return say(
          Content.newBuilder()
              .setText(Text.newBuilder().setText(text).setReplyTo(reference))
              .build(),
          text);
    }

    @Override
    public CompletableFuture<Saying> edit(Message message, String text) {
      calls.add("edit " + message.id() + " " + text);
      Message edited =
          change(message, each -> FakeMessages.with(each, text, each.tick(), true, false));
      tell(new ClientEvent.MessageChanged(edited));
      return CompletableFuture.completedFuture(new Saying.Said(edited));
    }

    @Override
    public CompletableFuture<Saying> delete(Message message) {
      calls.add("delete " + message.id());
      Message gone = change(message, each -> FakeMessages.with(each, "", each.tick(), false, true));
      tell(new ClientEvent.MessageChanged(gone));
      return CompletableFuture.completedFuture(new Saying.Said(gone));
    }

    @Override
    public CompletableFuture<Saying> react(Message to, String emoji) {
      return called("react " + to.id() + " " + emoji);
    }

    @Override
    public CompletableFuture<Saying> locate(AccountId chat, Place place) {
      return called("locate " + place);
    }

    @Override
    public CompletableFuture<Saying> disappearAfter(AccountId chat, Duration after) {
      return called("timer " + after);
    }

    @Override
    public CompletableFuture<Integer> read(AccountId chat) {
      calls.add("read");
      return CompletableFuture.completedFuture(0);
    }

    @Override
    public void typing(AccountId chat, boolean isTyping) {
      calls.add("typing " + isTyping);
    }

    @Override
    public void watch(AccountId account) {
      calls.add("watch");
    }

    @Override
    public CompletableFuture<Boolean> name(Contact contact) {
      boolean isFree = named(contact.name()).isEmpty();
      synchronized (FakeDevice.this) {
        contacts.add(contact);
      }
      return CompletableFuture.completedFuture(isFree);
    }

    @Override
    public CompletableFuture<Boolean> verified(AccountId account, boolean isVerified) {
      calls.add("verified " + isVerified);
      isHeld = isHeld && !isVerified;
      return CompletableFuture.completedFuture(isVerified);
    }

    @Override
    public CompletableFuture<Boolean> trust(AccountId account) {
      calls.add("trust");
      isHeld = false;
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<List<DeviceApi.Device>> devices() {
      return fromServer(
          "devices",
          List.of(FakeProfiles.listed(0, "phone"), FakeProfiles.listed(2, "lap\u001btop")));
    }

    @Override
    public CompletableFuture<LinkingApi.Linked> take(String code) {
      LinkingCode.parse(code);
      return fromServer("take " + code, new LinkingApi.Linked(2, 7, 2));
    }

    @Override
    public CompletableFuture<Boolean> remove(int number) {
      return fromServer("remove " + number, true);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
