package io.bluetick.app.terminal;

import static org.jline.utils.AttributedStyle.BLACK;
import static org.jline.utils.AttributedStyle.BLUE;
import static org.jline.utils.AttributedStyle.BRIGHT;
import static org.jline.utils.AttributedStyle.CYAN;
import static org.jline.utils.AttributedStyle.DEFAULT;
import static org.jline.utils.AttributedStyle.GREEN;
import static org.jline.utils.AttributedStyle.RED;

import io.bluetick.app.device.Device;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
import io.bluetick.app.output.Plain;
import io.bluetick.client.chat.History.Reaction;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Reference;
import io.bluetick.protocol.AccountId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How messages look. All text of others becomes {@link Plain} here. */
public final class Drawing {
  private static final AttributedStyle GREY = DEFAULT.foreground(BRIGHT + BLACK);
  private static final AttributedStyle OWN = DEFAULT.foreground(GREEN);
  private static final AttributedStyle OTHER = DEFAULT.foreground(CYAN).bold();
  private static final AttributedStyle READ = DEFAULT.foreground(BRIGHT + BLUE).bold();
  private static final AttributedStyle BAD = DEFAULT.foreground(BRIGHT + RED);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.ENGLISH);

  /** Of a message that is answered. */
  private static final int QUOTE_LIMIT = 40;

  /** Where there is less room, rows begin at the left. */
  private static final int TEXT_COLUMNS_MIN = 20;

  private final Device device;
  private final Names names;
  private final ZoneId zone;
  private final Function<Tick, AttributedString> ticks;

  /** With ticks as marks, of which a blue one differs by its colour alone. */
  public Drawing(Device device, Names names, ZoneId zone) {
    this(device, names, zone, Drawing::tick);
  }

  private Drawing(Device device, Names names, ZoneId zone, Function<Tick, AttributedString> ticks) {
    this.device = device;
    this.names = names;
    this.zone = zone;
    this.ticks = ticks;
  }

  /** The same for where there is no colour. */
  public Drawing inWords() {
    return new Drawing(device, names, zone, tick -> new AttributedString(Described.tick(tick)));
  }

  LocalDate day(Message message) {
    return LocalDate.ofInstant(message.at(), zone);
  }

  Block day(LocalDate day) {
    return notice("——— " + DAY.format(day) + " ———", Integer.MAX_VALUE);
  }

  Block notice(String text, int columns) {
    List<AttributedString> rows =
        Wrapping.rows(Plain.lines(text), columns).stream()
            .map(row -> new AttributedString(row, GREY))
            .toList();
    return new Block(Block.NOTICE, rows, "");
  }

  /**
   * A message.
   *
   * @param number by which commands name it
   */
  public Block message(Message message, int number, int columns) {
    String time = TIME.format(message.at().atZone(zone));
    String name = message.isOwn() ? "you" : names.of(message.author());
    AttributedString head =
        new AttributedStringBuilder()
            .styled(GREY, "[" + number + "] " + time + " ")
            .styled(message.isOwn() ? OWN : OTHER, name)
            .append(": ")
            .toAttributedString();
    int headWidth = Wrapping.width(head.toString());
    int indent = columns - headWidth < TEXT_COLUMNS_MIN ? 0 : headWidth;
    AttributedString tail = tail(message);
    List<AttributedString> rows =
        rows(message, head, indent, Math.max(columns - indent, TEXT_COLUMNS_MIN));
    if (!tail.isEmpty()) {
      append(rows, tail, indent, columns);
    }
    return new Block(message.id(), List.copyOf(rows), brief(message, number));
  }

  private List<AttributedString> rows(
      Message message, AttributedString head, int indent, int textColumns) {
    List<AttributedString> rows = new ArrayList<>();
    if (indent == 0) {
      rows.add(head);
    }
    for (String row : Wrapping.rows(text(message), textColumns)) {
      AttributedStringBuilder line = new AttributedStringBuilder();
      if (indent > 0) {
        line.append(rows.isEmpty() ? head : new AttributedString(" ".repeat(indent)));
      }
      rows.add(line.styled(message.isDeleted() ? GREY : DEFAULT, row).toAttributedString());
    }
    return rows;
  }

  private static void append(
      List<AttributedString> rows, AttributedString tail, int indent, int columns) {
    AttributedString last = rows.getLast();
    boolean hasRoom = Wrapping.width(last.toString()) + Wrapping.width(tail.toString()) <= columns;
    if (hasRoom) {
      rows.set(rows.size() - 1, AttributedStringBuilder.append(last, tail));
    } else {
      rows.add(AttributedStringBuilder.append(" ".repeat(indent), tail));
    }
  }

  private String text(Message message) {
    if (message.isDeleted()) {
      return "(deleted)";
    }
    String text = Plain.lines(message.text());
    return message.content().getText().hasReplyTo()
        ? "↪ " + quote(message.content().getText().getReplyTo()) + "\n" + text
        : text;
  }

  private String quote(Reference reference) {
    if (reference.getAuthor().size() != AccountId.BYTES) {
      return "…";
    }
    AccountId author = AccountId.of(reference.getAuthor());
    return device
        .find(author, reference.getId())
        .map(message ->
            (message.isOwn() ? "you" : names.of(author))
                + ": “"
                + Plain.line(message.text(), QUOTE_LIMIT)
                + "”")
        .orElse("…");
  }

  /** What changes about a message while its text stays. */
  private AttributedString tail(Message message) {
    AttributedStringBuilder tail = new AttributedStringBuilder();
    if (message.isEdited() && !message.isDeleted()) {
      tail.styled(GREY, " (edited)");
    }
    String reactions =
        device.reactions(message).stream()
            .map(Reaction::emoji)
            .map(emoji -> Plain.line(emoji, 8))
            .collect(Collectors.joining(" "));
    if (!reactions.isEmpty()) {
      tail.append("  ").append(reactions);
    }
    if (message.isOwn()) {
      tail.append(" ").append(ticks.apply(message.tick()));
    }
    return tail.toAttributedString();
  }

  /** Of one width, however far the message came: one that is drawn again takes the same rows. */
  static AttributedString tick(Tick tick) {
    return switch (tick) {
      case FAILED -> new AttributedString(tick.mark() + " ", BAD);
      case WAITING, ACCEPTED -> new AttributedString(tick.mark() + " ", GREY);
      case DELIVERED -> new AttributedString(tick.mark(), GREY);
      case READ, PLAYED -> new AttributedString(tick.mark(), READ);
    };
  }

  private String brief(Message message, int number) {
    String reactions =
        device.reactions(message).stream()
            .map(reaction -> " " + Plain.line(reaction.emoji(), 8))
            .collect(Collectors.joining());
    String text = Plain.line(text(message), QUOTE_LIMIT);
    return "[%d] %s%s%s%s"
        .formatted(
            number,
            message.isOwn() ? Described.tick(message.tick()) + ": " : "",
            text,
            message.isEdited() && !message.isDeleted() ? " (edited)" : "",
            reactions);
  }
}
