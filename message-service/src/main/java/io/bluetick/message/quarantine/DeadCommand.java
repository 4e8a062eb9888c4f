package io.bluetick.message.quarantine;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeadDecision;
import io.bluetick.protocol.v1.DeadRecord;
import io.bluetick.protocol.v1.DeadVerdict;
import io.bluetick.protocol.v1.FailedCommand;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names a failed command, and the records about it. */
record DeadCommand(int partition, long sequence, ByteString actor) {
  static final int CAUSE_LENGTH_LIMIT = 300;
  static final int NAME_LENGTH_LIMIT = 200;

  /** Kafka refuses records of a megabyte, and one that is refused for ever would hold its owner. */
  static final int COMMAND_BYTES_LIMIT = 900_000;

  private static final Pattern THROWN =
      Pattern.compile("(?:\\w+[.$])*(\\w{0,60}(?:Exception|Error))(?::.*)?", Pattern.DOTALL);

  static DeadCommand of(DeadRecord dead) {
    return new DeadCommand(dead.getPartition(), dead.getSequence(), dead.getActor());
  }

  static DeadCommand of(int partition, Effect.Quarantine failed) {
    return new DeadCommand(partition, failed.sequence(), actor(failed.command()));
  }

  /** None if it is no id: whatever is there instead may be of any size. */
  private static ByteString actor(MailboxCommand command) {
    ByteString actor = command.getActor();
    return actor.size() == AccountId.BYTES ? actor : ByteString.EMPTY;
  }

  DeadRecord failed(Effect.Quarantine failed, long nowMs) {
    MailboxCommand command = failed.command();
    boolean isTooLarge = command.getSerializedSize() > COMMAND_BYTES_LIMIT;
    return head(nowMs)
        .setFailed(
            FailedCommand.newBuilder()
                .setCommand(
                    isTooLarge
                        ? MailboxCommand.newBuilder().setActor(actor(command)).build()
                        : command)
                .setCause(cut(failed.cause(), CAUSE_LENGTH_LIMIT)))
        .build();
  }

  DeadRecord decided(DeadVerdict verdict, String by, long nowMs) {
    return head(nowMs)
        .setDecision(
            DeadDecision.newBuilder().setVerdict(verdict).setBy(cut(by, NAME_LENGTH_LIMIT)))
        .build();
  }

  private DeadRecord.Builder head(long nowMs) {
    return DeadRecord.newBuilder()
        .setPartition(partition)
        .setSequence(sequence)
        .setActor(actor)
        .setTimeMs(nowMs);
  }

  /** Of what was thrown the class; one word for all that nothing was thrown for. */
  static String causeClass(String cause) {
    Matcher thrown = THROWN.matcher(cause);
    return thrown.matches() ? thrown.group(1) : "refused";
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit);
  }
}
