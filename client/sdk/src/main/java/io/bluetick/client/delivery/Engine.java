package io.bluetick.client.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.Conversations.ReadNow;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.content.Content;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.group.Group;
import io.bluetick.client.socket.Heard;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.SetTyping;
import io.bluetick.protocol.v1.Subscribe;
import io.bluetick.protocol.v1.TypingState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A device at work: it keeps a connection, takes in what comes, and sends what is to be sent.
 *
 * <p>All of it happens on one thread, in transactions: what came is in the store, with the ratchets
 * that it moved, before it is acknowledged; what is to be sent is in the store before it is sent.
 */
public final class Engine implements AutoCloseable {
  /** Receipts have no hurry: they are acknowledged with the next message, or after this time. */
  private static final Duration LATE_ACKNOWLEDGEMENT = Duration.ofMillis(200);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  /** Of one frame. */
  private static final int RECEIPTS_LIMIT = 100;

  /** How often a stanza is tried. */
  private static final int TRIES = 3;

  private final Tables tables;
  private final Loop loop;
  private final Uplink uplink;
  private final KeyDesk desk;
  private final GroupKeys groupKeys;
  private final GroupInbox groupInbox;
  private final Encrypting encrypting;
  private final Sending sending;
  private final Receiving receiving;

  /** The stanza that failed last, and how often. */
  private long poisoned;

  private int tries;

  /** What stands between an engine and the world. */
  public record World(
      Line.Caller caller, KeyServer keys, InstantSource clock, RandomGenerator random) {}

  public Engine(Database database, OwnDevice own, World world, Consumer<ClientEvent> onEvent) {
    this.tables = Tables.of(database, own, world.clock());
    this.loop = new Loop(database, this::endTurn, this::broken, onEvent);
    this.desk = new KeyDesk(tables, world.keys(), loop, new Lists());
    this.groupKeys = new GroupKeys(tables, desk, loop, this::isOnline);
    this.encrypting = new Encrypting(tables, desk, groupKeys);
    this.sending = new Sending(tables, loop, desk, new GroupAnswers(tables, groupKeys));
    this.groupInbox = new GroupInbox(tables, loop, sending);
    this.receiving = new Receiving(tables, loop, desk, sending, groupInbox);
    this.uplink = new Uplink(tables, loop, world.caller(), world.random(), new Frontdoor());
  }

  public void start() {
    loop.start();
    loop.post(uplink::connect);
    loop.post(receiving::resume);
    loop.post(_ -> sweep());
  }

  /** Closes the connection; what is not sent stays. The database is the caller's to close. */
  @Override
  public void close() {
    loop.post(turn -> turn.after(uplink::disconnect));
    loop.close();
  }

  // ---- What its user does ----------------------------------------------------------------------

  /** Says something to an account or, if it is known, a group; done when it is in the store. */
  public CompletableFuture<Saying> say(AccountId chat, Content said) {
    return loop.ask(turn -> {
      Content content = tables.complete(chat, said);
      Change change = tables.conversations().say(tables.account(), chat, content, tables.nowMs());
      Changes.tell(change, turn);
      return switch (change) {
        case Change.None(var why) -> Changes.refused(why);
        case Change.Added(var message) -> {
          tables.outbox().add(chat, content, message.id());
          yield new Saying.Said(message);
        }
        case Change.Changed(var message) -> {
          if (message.isDeleted()) {
            tables.outbox().forgetMessage(message.id());
          }
          tables.outbox().add(chat, content, null);
          yield new Saying.Said(message);
        }
        case Change.Ticked _, Change.Timer _ -> {
          tables.outbox().add(chat, content, null);
          yield new Saying.Done();
        }
      };
    });
  }

  /** What cannot be sent yet. */
  public HeldMessages held() {
    return new HeldMessages(tables, loop);
  }

  /** Everything in a chat was read; its writers are told. */
  public CompletableFuture<Integer> read(AccountId chat) {
    return loop.ask(_ -> {
      int count = 0;
      int more;
      do {
        more = 0;
        for (ReadNow read : tables.conversations().read(chat, RECEIPTS_LIMIT, tables.nowMs())) {
          sending.receipts(read.device(), read.counters(), ReceiptKind.READ);
          more += read.counters().size();
        }
        count += more;
      } while (more == RECEIPTS_LIMIT);
      return count;
    });
  }

  /** Tells that the user types, or stopped to; lost if there is no connection. */
  public void typing(AccountId chat, TypingState state) {
    write(() ->
        Optional.of(
            Frames.encode(
                ClientFrameType.SET_TYPING,
                SetTyping.newBuilder()
                    .setId(chat.bytes())
                    .setInGroup(tables.isGroup(chat))
                    .setState(state)
                    .build())));
  }

  /**
   * Wants to hear when somebody comes and goes, as long as this connection lasts; groups do not.
   */
  public void watch(AccountId account) {
    write(() ->
        tables.isGroup(account)
            ? Optional.empty()
            : Optional.of(
                Frames.encode(
                    ClientFrameType.SUBSCRIBE,
                    Subscribe.newBuilder().addAdd(account.bytes()).build())));
  }

  /** Lost as well if the client is too busy. */
  private void write(Supplier<Optional<byte[]>> frame) {
    var _ =
        loop.ask(turn -> {
          uplink
              .connection()
              .ifPresent(connection ->
                  frame.get().ifPresent(bytes -> turn.after(() -> connection.line.write(bytes))));
          return true;
        });
  }

  /**
   * Takes a group as the server has it now; false if this version, or a later one, is known. What
   * waited for it is shown. Fails if an account has this id.
   */
  public CompletableFuture<Boolean> know(Group group) {
    return loop.ask(turn -> groupInbox.know(group, turn));
  }

  private boolean isOnline() {
    return uplink.connection().isPresent();
  }

  /** Reads or writes the store beside what the engine does, in a transaction. */
  public <R> CompletableFuture<R> with(Function<Database, R> work) {
    return loop.ask(_ -> work.apply(tables.database()));
  }

  // ---- Turns -----------------------------------------------------------------------------------

  /** What every turn ends with, still within its transaction. */
  private void endTurn(Turn turn) {
    Waiting waiting = tables.outbox().waiting(Sending.WINDOW);
    encrypting.seal(waiting, turn);
    uplink
        .connection()
        .ifPresent(connection -> {
          sending.write(connection, waiting, turn);
          if (connection.heard > tables.device().acknowledged()) {
            tables.device().acknowledge(connection.heard);
          }
        });
  }

  /** Nothing of the turn happened. What came over the connection comes again over the next. */
  private void broken(RuntimeException cause) {
    uplink.breakOff();
    if (cause instanceof StoreException trouble) {
      loop.post(turn -> turn.tell(new ClientEvent.Trouble("the store: " + trouble.kind())));
    }
  }

  private void acknowledge(Connection connection, Turn turn) {
    turn.after(() -> {
      if (connection.heard > connection.acknowledged) {
        connection.acknowledged = connection.heard;
        Acknowledge upTo = Acknowledge.newBuilder().setUpTo(connection.heard).build();
        connection.line.write(Frames.encode(ClientFrameType.ACKNOWLEDGE, upTo));
      }
    });
  }

  private void sweep() {
    loop.later(SWEEP_EVERY, _ -> sweep());
    long nowMs = tables.nowMs();
    tables.conversations().sweep(nowMs);
    long beforeMs = nowMs - Conversations.REMEMBERED.toMillis();
    tables.outbox().sweep(beforeMs);
    receiving.sweep(beforeMs);
  }

  // ---- What comes ------------------------------------------------------------------------------

  /** Hears the connection. */
  private final class Frontdoor implements Uplink.Listener {

    @Override
    public void opened(Connection connection, Turn turn) {
      desk.stock(turn);
    }

    @Override
    public void heard(Connection connection, byte[] frame, Turn turn) {
      if (connection.isBroken) {
        return;
      }
      connection.isBroken = true;
      try {
        take(connection, connection.reader.read(frame), turn);
        connection.isBroken = false;
      } catch (InvalidProtocolBufferException e) {
        turn.tell(new ClientEvent.Trouble("the gateway sent what is no frame"));
        turn.after(uplink::breakOff);
      }
    }
  }

  private void take(Connection connection, Heard heard, Turn turn) {
    switch (heard) {
      case Heard.Ticks ticks -> sending.accepted(connection, ticks, turn);
      case Heard.Refusal refusal -> sending.refused(connection, refusal, turn);
      case Heard.Drained() -> turn.tell(new ClientEvent.CaughtUp());
      case Heard.Presence(var account, var isOnline, var lastSeenMs) ->
          turn.tell(new ClientEvent.Presence(account, isOnline, lastSeenMs));
      case Heard.Typing(var account, var group, var state) ->
          turn.tell(new ClientEvent.Typing(group.orElse(account), account, state));
      case Heard.Other() -> {
        // Of a later version.
      }
      case Heard.Stanza stanza -> take(connection, stanza, turn);
    }
  }

  private void take(Connection connection, Heard.Stanza stanza, Turn turn) {
    boolean isNew = stanza.sequence() == 0 || stanza.sequence() > connection.heard;
    if (isNew) {
      takeUnlessPoisoned(stanza, turn);
    }
    if (stanza.sequence() == 0) {
      return;
    }
    connection.heard = Math.max(connection.heard, stanza.sequence());
    if (stanza.body() instanceof Heard.Message) {
      acknowledge(connection, turn);
    } else if (!connection.acknowledgesSoon) {
      connection.acknowledgesSoon = true;
      loop.later(
          LATE_ACKNOWLEDGEMENT,
          then -> {
            connection.acknowledgesSoon = false;
            acknowledge(connection, then);
          });
    }
  }

  /**
   * What fails again and again is let go, or nothing behind it comes; what the store can never take
   * is not tried again. A store that fails by itself, as on a full disk, is waited for.
   */
  private void takeUnlessPoisoned(Heard.Stanza stanza, Turn turn) {
    if (stanza.sequence() != 0 && stanza.sequence() == poisoned && tries >= TRIES) {
      turn.tell(
          stanza.body() instanceof Heard.Message message
              ? new ClientEvent.Unreadable(message.author().device().account(), false)
              : new ClientEvent.Trouble("a stanza cannot be taken in and was let go"));
      return;
    }
    try {
      take(stanza, turn);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.UNSTORABLE) {
        tries = TRIES;
        poisoned = stanza.sequence();
      }
      throw e;
    } catch (RuntimeException e) {
      tries = stanza.sequence() == poisoned ? tries + 1 : 1;
      poisoned = stanza.sequence();
      throw e;
    }
  }

  private void take(Heard.Stanza stanza, Turn turn) {
    switch (stanza.body()) {
      case Heard.Message message -> receiving.message(message, stanza.timeMs(), turn);
      case Heard.Receipt receipt -> sending.receipt(receipt, turn);
      case Heard.Mismatch mismatch -> sending.mismatch(mismatch, turn);
      case Heard.Rejected(var counter, var code) -> sending.rejected(counter, code, turn);
      case Heard.Change change -> changed(change, turn);
      case Heard.Call _, Heard.Unknown() -> {
        // Counted, and acknowledged.
      }
    }
  }

  private void changed(Heard.Change change, Turn turn) {
    if (change.kind() == ChangeKind.DEVICE_LIST) {
      desk.askWho(change.subject().orElse(tables.account()), turn);
    } else if (change.kind() == ChangeKind.PRE_KEYS_LOW) {
      desk.stock(turn);
    } else if (change.kind() == ChangeKind.GROUP) {
      change
          .subject()
          .ifPresent(group -> turn.tell(new ClientEvent.GroupChanged(group, change.version())));
    }
  }

  /** Hears what became of questions for keys. */
  private final class Lists implements KeyDesk.Answers {

    @Override
    public void listKnown(AccountId account, boolean isNews, Turn turn) {
      if (isNews) {
        encrypting.listChanged(account);
      }
      receiving.listKnown(account, turn);
    }

    @Override
    public void listRefused(AccountId account, Turn turn) {
      groupKeys.listRefused(account);
      receiving.listRefused(account);
    }

    @Override
    public void keysKnown(AccountId account, Set<Integer> without, Turn turn) {
      encrypting.keysKnown(account, without);
    }

    @Override
    public void keysRefused(AccountId account, String code, Turn turn) {
      encrypting.keysRefused(account, code, turn);
      receiving.listRefused(account);
    }
  }
}
