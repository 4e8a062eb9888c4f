package io.bluetick.app.terminal;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.Held;
import io.bluetick.app.output.Names;
import io.bluetick.client.chat.Message;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.AccountId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A chat on a screen: shows what happens as it is told. Events come on one thread, what is typed on
 * another, the beat of the status line on a third; each has its turn.
 */
final class ChatRoom {
  /** Larger files are fetched when somebody asks for them. */
  private static final long SAVED_BY_ITSELF_BYTES = 16 << 20;

  /** What is shown at first. */
  static final int FIRST_PAGE = 20;

  private final Device device;
  private final AccountId with;
  private final Screen screen;
  private final Drawing drawing;
  private final Described described;
  private final Entries entries = new Entries();
  private final Standing standing;
  private int columns;
  private @Nullable LocalDate day;
  private volatile @Nullable Link link;

  ChatRoom(Device device, AccountId with, Screen screen, InstantSource clock, ZoneId zone) {
    Names names = new Names(device);
    this.device = device;
    this.with = with;
    this.screen = screen;
    this.drawing = new Drawing(device, names, zone);
    this.described = new Described(names, zone);
    this.standing = new Standing(names.of(with), clock, zone);
    this.columns = screen.columns();
  }

  // ---- What is there ---------------------------------------------------------------------------

  /** Shows the last messages. */
  synchronized void open() {
    standing.timer(device.timer(with));
    // First of all, since it moves up what is on the screen.
    screen.status(standing.text());
    device.newest(with, FIRST_PAGE).forEach(this::show);
    notice("/help tells what can be done here, /quit ends it");
    if (device.isHeld(with)) {
      notice(Held.notice(new Names(device).of(with)));
    }
  }

  /** From now on what is shown is marked as read, and presence is asked for. */
  synchronized void connected(Link link) {
    this.link = link;
    markRead();
  }

  /** Once a second: what was true may have ended, and the window may have another width. */
  synchronized void beat() {
    if (screen.columns() != columns) {
      columns = screen.columns();
      screen.clear();
      day = null;
      entries.newest(FIRST_PAGE).forEach(this::show);
    }
    screen.status(standing.text());
  }

  synchronized void notice(String text) {
    screen.add(drawing.notice(text, columns));
  }

  // ---- Looking back ----------------------------------------------------------------------------

  synchronized void older(int count) {
    List<Message> older =
        entries.first().map(first -> device.before(first, count)).orElse(List.of());
    look("earlier", older);
  }

  synchronized void search(String words, int limit) {
    look("found", device.search(with, words, limit).reversed());
  }

  private void look(String title, List<Message> messages) {
    if (messages.isEmpty()) {
      notice(title + ": nothing");
      return;
    }
    notice("▲ " + title + ": " + messages.size());
    day = null;
    messages.forEach(this::show);
    notice("▼ now");
    day = null;
  }

  synchronized Optional<Message> numbered(int number) {
    return entries.numbered(number);
  }

  synchronized Optional<Message> last(Predicate<Message> which) {
    return entries.last(which.and(message -> !message.isDeleted()));
  }

  // ---- What happens ----------------------------------------------------------------------------

  synchronized void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.MessageAdded(var message) when message.chat().equals(with) -> added(message);
      case ClientEvent.MessageAdded(var message) -> elsewhere(message);
      case ClientEvent.MessageChanged(var message) -> changed(message);
      case ClientEvent.Ticked(var messages) ->
          messages.stream().filter(Message::isOwn).forEach(this::changed);
      case ClientEvent.TimerChanged(var chat, var afterS) when chat.equals(with) -> {
        standing.timer(afterS);
        described.text(event).forEach(this::notice);
      }
      case ClientEvent.Typing(var chat, var _, var state) when chat.equals(with) ->
          standing.typing(state);
      case ClientEvent.Presence presence when presence.account().equals(with) ->
          standing.presence(presence);
      case ClientEvent.Typing _,
          ClientEvent.TimerChanged _,
          ClientEvent.Presence _,
          ClientEvent.GroupChanged _,
          ClientEvent.CaughtUp _ -> {
        // Of somebody else, or of no interest to people.
      }
      case ClientEvent.IdentityChanged _,
          ClientEvent.Forgery _,
          ClientEvent.Unreadable _,
          ClientEvent.Rejected _,
          ClientEvent.Trouble _ ->
          described.text(event).forEach(text -> notice("! " + text));
      case ClientEvent.Online() -> {
        standing.online();
        linked().ifPresent(open -> open.watch(with));
      }
      case ClientEvent.Offline offline -> standing.offline(offline);
      case ClientEvent.Stopped(var why) -> standing.stopped(why);
    }
    screen.status(standing.text());
  }

  /** This one said something, or changed what was said; its event comes as well. */
  synchronized void said(Message message) {
    Optional<Message> shown = entries.find(message.id());
    if (shown.isEmpty()) {
      show(message);
    } else if (!shown.get().equals(message)) {
      changed(message);
    }
  }

  private void elsewhere(Message message) {
    if (!message.isOwn()) {
      notice("elsewhere: " + described.text(message).lines().findFirst().orElse(""));
    }
  }

  private void added(Message message) {
    // Its ticks may have come on in the store since.
    said(device.find(message.author(), message.contentId()).orElse(message));
    if (!message.isOwn()) {
      standing.spoke();
      markRead();
      Attachment file = message.content().getAttachment();
      if (message.content().hasAttachment()
          && !file.getViewOnce()
          && file.getSize() <= SAVED_BY_ITSELF_BYTES) {
        save(message);
      }
    }
  }

  /** Fetches the file of a message, and tells where it is. */
  synchronized void save(Message message) {
    linked()
        .ifPresent(open -> {
          var _ =
              open.fetch(message)
                  .handle((path, failure) -> {
                    notice(failure == null ? "saved: " + path : "! " + Described.failure(failure));
                    return path;
                  });
        });
  }

  private void show(Message message) {
    LocalDate itsDay = drawing.day(message);
    if (!itsDay.equals(day)) {
      day = itsDay;
      screen.add(drawing.day(itsDay));
    }
    int number = entries.add(message).number();
    screen.add(drawing.message(message, number, columns));
  }

  private void changed(Message message) {
    entries
        .update(message)
        .ifPresent(entry -> screen.replace(drawing.message(message, entry.number(), columns)));
  }

  private void markRead() {
    linked()
        .ifPresent(open -> {
          var _ =
              open.read(with)
                  .thenAccept(count -> {
                    // A bounded number at a time.
                    if (count > 0) {
                      markRead();
                    }
                  });
        });
  }

  private Optional<Link> linked() {
    return Optional.ofNullable(link);
  }
}
