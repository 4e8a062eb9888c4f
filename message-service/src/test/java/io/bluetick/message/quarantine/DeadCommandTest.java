package io.bluetick.message.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.FailedCommand;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.MailboxCommand.CommandCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadCommandTest {
  private static final AccountId ACTOR = new AccountId(1, 2);

  @ParameterizedTest
  @CsvSource({
    "java.lang.IllegalArgumentException: an account does not obey X, IllegalArgumentException",
    "java.lang.NullPointerException, NullPointerException",
    "java.lang.StackOverflowError, StackOverflowError",
    "io.x.Outer$InnerException: y, InnerException",
    "it names nobody, refused",
    "an account said: SomeException, refused",
  })
  void causes_are_counted_by_what_was_thrown(String cause, String expected) {
    assertThat(DeadCommand.causeClass(cause)).isEqualTo(expected);
  }

  @Test
  void a_long_cause_is_cut() {
    FailedCommand kept = kept(command(1), "x".repeat(5_000));
    assertThat(kept.getCause()).hasSize(DeadCommand.CAUSE_LENGTH_LIMIT);
    assertThat(kept.getCommand()).isEqualTo(command(1));
  }

  @Test
  void of_a_command_that_kafka_would_refuse_only_the_actor_is_kept() {
    FailedCommand kept = kept(command(DeadCommand.COMMAND_BYTES_LIMIT), "y");
    assertThat(kept.getCommand().getActor()).isEqualTo(ACTOR.bytes());
    assertThat(kept.getCommand().getCommandCase()).isEqualTo(CommandCase.COMMAND_NOT_SET);
  }

  private static MailboxCommand command(int bytes) {
    return MailboxCommand.newBuilder()
        .setActor(ACTOR.bytes())
        .setDeliver(
            Deliver.newBuilder()
                .addDevices(
                    DeviceCiphertext.newBuilder()
                        .setCiphertext(ByteString.copyFrom(new byte[bytes]))))
        .build();
  }

  private static FailedCommand kept(MailboxCommand command, String cause) {
    Effect.Quarantine failed = new Effect.Quarantine(9, command, cause);
    return DeadCommand.of(1, failed).failed(failed, 5).getFailed();
  }
}
