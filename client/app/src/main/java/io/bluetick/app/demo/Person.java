package io.bluetick.app.demo;

import io.bluetick.app.demo.Scene.Pane;
import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.device.Profiles;
import io.bluetick.app.device.Verification;
import io.bluetick.app.output.Names;
import io.bluetick.app.terminal.Drawing;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.AccountId;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a device. Whatever is shown of him is read from his device's store and events.
 * Events come on the SDK's thread, all else on one.
 */
final class Person implements AutoCloseable {
  private static final long STORE_LIMIT_S = 30;
  private static final int SHOWN = 50;

  private final String name;
  private final Diary diary = new Diary();
  private final List<Message> said = new ArrayList<>();
  private @Nullable Device device;
  private @Nullable Link link;
  private @Nullable Drawing drawing;
  private @Nullable Person other;
  private String code = "";

  Person(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** What was heard and sent since the last connection began. */
  Diary diary() {
    return diary;
  }

  // ---- The device ------------------------------------------------------------------------------

  /**
   * Makes a profile and registers it.
   *
   * @param codes finds the code of a verification
   */
  void register(
      Profiles profiles, URI server, String number, UnaryOperator<String> codes, String secret) {
    Device made = profiles.open(name.toLowerCase(Locale.ROOT), secret.toCharArray());
    device = made;
    try (Verification verification = profiles.begin(made, server, number)) {
      code = codes.apply(verification.session());
      var _ = verification.finish(code, "demo", null);
    }
  }

  /** The code that was sent to the number. */
  String code() {
    return code;
  }

  Device device() {
    return Objects.requireNonNull(device, "not registered yet");
  }

  AccountId account() {
    return device().own().orElseThrow().address().account();
  }

  /** With whom he talks from now on. */
  void meet(Person person, ZoneId zone, boolean isColoured) {
    other = person;
    Drawing marks = new Drawing(device(), new Names(device()), zone);
    drawing = isColoured ? marks : marks.inWords();
  }

  private Person other() {
    return Objects.requireNonNull(other, "met nobody yet");
  }

  void connect() {
    diary.begin();
    Link open = device().connect(diary::heard, diary::sent);
    link = open;
    boolean isNew =
        await(open.name(new Contact(other().account(), other().name(), Optional.empty())));
    if (!isNew) {
      throw new IllegalStateException(other().name() + " is taken");
    }
  }

  boolean isConnected() {
    return link != null;
  }

  void disconnect() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  @Override
  public void close() {
    disconnect();
    if (device != null) {
      device.close();
    }
  }

  // ---- What he does ----------------------------------------------------------------------------

  void say(String text) {
    said.add(tell(open -> open.send(other().account(), text)));
  }

  void reply(Message to, String text) {
    said.add(tell(open -> open.reply(to, text)));
  }

  void react(Message to, String emoji) {
    var _ = tell(open -> open.react(to, emoji));
  }

  void edit(Message message, String text) {
    var _ = tell(open -> open.edit(message, text));
  }

  void delete(Message message) {
    var _ = tell(open -> open.delete(message));
  }

  void read() {
    var _ = await(link().read(other().account()));
  }

  private Link link() {
    return Objects.requireNonNull(link, "not connected");
  }

  private Message tell(Function<Link, CompletableFuture<Saying>> what) {
    return await(what.apply(link())).orElseThrow();
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.orTimeout(STORE_LIMIT_S, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the profile did not do it: " + e.getCause(), e);
    }
  }

  // ---- What he sees ----------------------------------------------------------------------------

  /** What he said, as his store has it now. */
  Message said(int index) {
    return seen(said.get(index)).orElseThrow();
  }

  /** A message of either, as his store has it now. */
  Optional<Message> seen(Message message) {
    return device().find(message.author(), message.contentId());
  }

  Stream<Message> chat() {
    return device == null || other == null
        ? Stream.empty()
        : device.newest(other.account(), SHOWN).stream();
  }

  Optional<String> safetyNumber() {
    return device().safetyNumber(other().account());
  }

  Pane pane() {
    return new Pane(name, standing(), link == null, this::rows);
  }

  private String standing() {
    if (device == null) {
      return "no device yet";
    }
    if (link == null) {
      return "offline";
    }
    return diary.isOnline() ? "connected" : "connecting …";
  }

  private List<AttributedString> rows(int columns) {
    Drawing drawn = drawing;
    if (drawn == null) {
      return List.of();
    }
    List<Message> messages = chat().toList();
    return IntStream.range(0, messages.size())
        .boxed()
        .flatMap(at -> drawn.message(messages.get(at), at + 1, columns).rows().stream())
        .toList();
  }

  /** Why nothing comes, if that is known. */
  Optional<String> trouble() {
    return diary.trouble().map(what -> name + ": " + what);
  }

  /** What he heard last, as {@link System#nanoTime}; for how long things took. */
  long heardNanos() {
    return diary.lastNanos();
  }

  /** Whether he was told that all that waited is here, and nothing had. */
  boolean foundNothing() {
    return diary
        .beforeCaughtUp()
        .filter(heard -> heard.noneMatch(Person::isOfMessages))
        .isPresent();
  }

  private static boolean isOfMessages(ClientEvent event) {
    return event instanceof ClientEvent.MessageAdded
        || event instanceof ClientEvent.MessageChanged
        || event instanceof ClientEvent.Ticked;
  }
}
