package io.bluetick.app.demo;

import io.bluetick.app.output.SafetyNumber;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import java.util.Optional;

/** The steps of the walk. */
final class Script {
  private static final Step ANN_REGISTERS =
      new Step(
          "Ann registers",
          "Her device makes its keys, and the private ones never leave it. The server sends a code"
              + " to her number; on this machine it writes it into its log.",
          "an account for Ann",
          cast -> cast.register(cast.ann()),
          cast -> registered(cast.ann()));

  private static final Step BOB_REGISTERS =
      new Step(
          "Bob registers",
          "The same on another device. What each keeps is encrypted on the disk, by a passphrase.",
          "an account for Bob",
          cast -> {
            cast.register(cast.bob());
            cast.meet();
          },
          cast -> registered(cast.bob()));

  private static final Step ANN_WRITES =
      new Step(
          "Ann writes to Bob, who is not connected",
          "Her device fetches Bob's public keys, encrypts for his device alone, and sends. One"
              + " grey tick: the server has it, and keeps it until Bob's device has it.",
          "one grey tick on Ann's side",
          cast -> {
            cast.ann().connect();
            cast.ann().say("Hello Bob 👋");
          },
          cast -> ticked(cast.ann(), Tick.ACCEPTED, 0));

  private static final Step SERVER_SEES =
      new Step(
          "What the server sees of it",
          "To whom it goes, and bytes that it cannot read. Before it is encrypted a text is filled"
              + " up, so that the length says little.",
          "a frame of Ann's without her text",
          _ -> {},
          cast -> Wire.seen(cast.ann().diary().frames(), cast.ann().said(0).text()));

  private static final Step BOB_CONNECTS =
      new Step(
          "Bob's device connects",
          "It gets what waited, checks that Ann's account has signed her device, decrypts, stores,"
              + " and only then acknowledges. Two grey ticks: it is on Bob's device.",
          "the text on Bob's side, and two grey ticks on Ann's",
          cast -> cast.bob().connect(),
          cast ->
              has(cast.bob(), cast.ann(), 0).flatMap(_ -> ticked(cast.ann(), Tick.DELIVERED, 0)));

  private static final Step SAFETY_NUMBER =
      new Step(
          "The safety number",
          "Each device computes it from both identity keys. If the server had put itself in"
              + " between, the two would differ; people compare them face to face.",
          "the same safety number on both sides",
          _ -> {},
          cast ->
              cast.ann()
                  .safetyNumber()
                  .filter(number -> cast.bob().safetyNumber().equals(Optional.of(number)))
                  .map(number ->
                      "the same on both: " + SafetyNumber.rows(number).replace('\n', ' ')));

  private static final Step BOB_READS =
      new Step(
          "Bob reads",
          "His device says so, and the server passes it on: which message, never what it says.",
          "blue ticks on Ann's side",
          cast -> cast.bob().read(),
          cast -> ticked(cast.ann(), Tick.READ, 0));

  private static final Step BOB_REPLIES =
      new Step(
          "Bob replies",
          "Which message it answers is encrypted too. Every message has a key of its own, which"
              + " both devices forget when it was used.",
          "the reply on Ann's side, and blue ticks on Bob's",
          cast ->
              cast.bob()
                  .reply(cast.bob().seen(cast.ann().said(0)).orElseThrow(), "Hi Ann! Long time 😀"),
          cast -> {
            Optional<Message> reply = has(cast.ann(), cast.bob(), 0);
            reply.ifPresent(_ -> cast.ann().read());
            return reply.flatMap(_ -> ticked(cast.bob(), Tick.READ, 0));
          });

  private static final Step ANN_REACTS =
      new Step(
          "Ann reacts",
          "To the server a reaction looks like any other message.",
          "the reaction on Bob's side",
          cast -> cast.ann().react(cast.ann().seen(cast.bob().said(0)).orElseThrow(), "👍"),
          cast ->
              cast.bob().device().reactions(cast.bob().said(0)).stream()
                  .findFirst()
                  .map(reaction -> reaction.emoji() + " at Bob's message, on Bob's device"));

  private static final Step ANN_EDITS =
      new Step(
          "Ann edits what she wrote",
          "Within a quarter of an hour, by the server's clock. Bob's device checks who it was.",
          "the new text on Bob's side",
          cast -> cast.ann().edit(cast.ann().said(0), "Hello Bob, coffee at four? ☕"),
          cast ->
              has(cast.bob(), cast.ann(), 0)
                  .filter(Message::isEdited)
                  .map(message -> "Bob reads: " + message.text()));

  private static final Step BOB_LEAVES =
      new Step(
          "Bob goes offline",
          "His device has closed its connection; nothing can be delivered to it.",
          "Bob's device without a connection",
          cast -> cast.bob().disconnect(),
          cast -> cast.bob().isConnected() ? Optional.empty() : Optional.of("Bob's device is off"));

  private static final Step ANN_WRITES_ON =
      new Step(
          "Ann writes on",
          "One grey tick each, and no second: the mailbox of Bob's device keeps them, for thirty"
              + " days at most.",
          "one grey tick at both messages",
          cast -> {
            cast.ann().say("Or is five better?");
            cast.ann().say("Wrong chat, sorry 🙈");
          },
          cast -> ticked(cast.ann(), Tick.ACCEPTED, 1, 2));

  private static final Step BOB_IS_BACK =
      new Step(
          "Bob is back",
          "The server hands out what waited, in order, and says when there is no more. Ann's ticks"
              + " turn.",
          "both messages on Bob's side, and two grey ticks on Ann's",
          cast -> cast.bob().connect(),
          cast ->
              cast.bob()
                  .diary()
                  .beforeCaughtUp()
                  .flatMap(_ -> has(cast.bob(), cast.ann(), 1))
                  .flatMap(_ -> has(cast.bob(), cast.ann(), 2))
                  .flatMap(_ -> ticked(cast.ann(), Tick.DELIVERED, 1, 2))
                  .map(ticks -> ticks + "; Bob's device was told that nothing more waits"));

  private static final Step BOB_READS_ALL =
      new Step(
          "Bob reads them",
          "One receipt for both.",
          "blue ticks at both messages",
          cast -> cast.bob().read(),
          cast -> ticked(cast.ann(), Tick.READ, 1, 2));

  private static final Step ANN_DELETES =
      new Step(
          "Ann deletes the last one, for everyone",
          "Within two days. It is gone from both stores and from the index that searches them.",
          "nothing of it on Bob's side",
          cast -> cast.ann().delete(cast.ann().said(2)),
          cast ->
              has(cast.bob(), cast.ann(), 2)
                  .filter(message -> message.isDeleted() && message.text().isEmpty())
                  .map(_ -> "deleted on Ann's device and on Bob's"));

  private static final Step NOTHING_WAITS =
      new Step(
          "What the server still has",
          "Both devices connect anew and ask what waits. It knows the two accounts, their devices"
              + " and public keys; it has no message for them, and could never read one.",
          "nothing waiting for either, and every message read",
          cast -> {
            cast.ann().disconnect();
            cast.bob().disconnect();
            cast.ann().connect();
            cast.bob().connect();
          },
          Script::nothingWaits);

  static final List<Step> STEPS =
      List.of(
          ANN_REGISTERS,
          BOB_REGISTERS,
          ANN_WRITES,
          SERVER_SEES,
          BOB_CONNECTS,
          SAFETY_NUMBER,
          BOB_READS,
          BOB_REPLIES,
          ANN_REACTS,
          ANN_EDITS,
          BOB_LEAVES,
          ANN_WRITES_ON,
          BOB_IS_BACK,
          BOB_READS_ALL,
          ANN_DELETES,
          NOTHING_WAITS);

  private Script() {}

  // ---- How things are seen ---------------------------------------------------------------------

  private static Optional<String> registered(Person person) {
    return person
        .device()
        .own()
        .map(own -> {
          DeviceAddress address = own.address();
          return "code %s was right: account %s, device %d"
              .formatted(person.code(), address.account(), address.device());
        });
  }

  /** These messages came exactly so far. */
  private static Optional<String> ticked(Person person, Tick wanted, Integer... indexes) {
    String ticks =
        switch (wanted) {
          case ACCEPTED -> "one grey tick";
          case DELIVERED -> "two grey ticks";
          case READ -> "blue ticks";
          case FAILED, WAITING, PLAYED -> wanted.mark();
        };
    return List.of(indexes).stream().allMatch(at -> person.said(at).tick() == wanted)
        ? Optional.of(person.name() + " sees " + ticks + (indexes.length > 1 ? " at each" : ""))
        : Optional.empty();
  }

  /** What one said, as the other one has it. */
  private static Optional<Message> has(Person person, Person author, int index) {
    return person.seen(author.said(index));
  }

  private static Optional<String> nothingWaits(Cast cast) {
    boolean isNothingThere = cast.ann().foundNothing() && cast.bob().foundNothing();
    boolean isAllRead =
        List.of(cast.ann(), cast.bob()).stream()
            .flatMap(Person::chat)
            .allMatch(message -> message.tick() == Tick.READ);
    return isNothingThere && isAllRead
        ? Optional.of("nothing waits for Ann, nothing for Bob; every message was read")
        : Optional.empty();
  }
}
