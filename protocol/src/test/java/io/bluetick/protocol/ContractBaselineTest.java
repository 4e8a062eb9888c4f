package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.bluetick.protocol.v1.AccountsProto;
import io.bluetick.protocol.v1.DeadProto;
import io.bluetick.protocol.v1.DevicesProto;
import io.bluetick.protocol.v1.FramesProto;
import io.bluetick.protocol.v1.HandshakeProto;
import io.bluetick.protocol.v1.MailboxProto;
import io.bluetick.protocol.v1.OutboundProto;
import io.bluetick.protocol.v1.PeopleProto;
import io.bluetick.protocol.v1.PresenceProto;
import io.bluetick.protocol.v1.PushProto;
import io.bluetick.protocol.v1.SessionsProto;
import io.bluetick.protocol.v1.TypesProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the contract against what was published, a line for each field and each enum value. A line
 * may be added, and the build asks for it; one that changes or goes breaks devices in the field.
 */
class ContractBaselineTest {

  private static final Path BASELINE = Path.of("src/test/resources/contract.baseline");
  private static final Path PRESENT = Path.of("target/contract.baseline");

  @Test
  void the_contract_is_the_published_one() throws IOException {
    String contract = lines().sorted().collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(PRESENT, contract);
    assertThat(contract)
        .as("breaking, unless lines are only added: then copy %s to %s", PRESENT, BASELINE)
        .isEqualTo(Files.readString(BASELINE));
  }

  /** A device that does not know a stanza's type must still be able to count it. */
  @Test
  void every_stanza_begins_with_its_sequence_and_time() {
    List<String> stanzas = List.of("Message", "Receipt", "Devices", "Rejected", "Call", "Change");
    for (String name : stanzas) {
      Descriptor stanza = FramesProto.getDescriptor().findMessageTypeByName(name);
      assertThat(line(stanza.findFieldByNumber(1))).endsWith("sequence_delta = 1 uint64");
      assertThat(line(stanza.findFieldByNumber(2))).endsWith("time_delta_ms = 2 sint64");
    }
    EnumDescriptor types = FramesProto.getDescriptor().findEnumTypeByName("ServerFrameType");
    assertThat(types.getValues().stream().filter(type -> Frames.isOfNumberedKind(type.getNumber())))
        .extracting(type -> type.getName().toLowerCase(Locale.ROOT))
        .containsExactlyElementsOf(
            stanzas.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  private static Stream<String> lines() {
    return Stream.of(
            HandshakeProto.getDescriptor(),
            TypesProto.getDescriptor(),
            FramesProto.getDescriptor(),
            MailboxProto.getDescriptor(),
            DeadProto.getDescriptor(),
            OutboundProto.getDescriptor(),
            PresenceProto.getDescriptor(),
            DevicesProto.getDescriptor(),
            PeopleProto.getDescriptor(),
            SessionsProto.getDescriptor(),
            PushProto.getDescriptor(),
            AccountsProto.getDescriptor())
        .flatMap(ContractBaselineTest::lines);
  }

  private static Stream<String> lines(FileDescriptor file) {
    Stream<String> fields =
        file.getMessageTypes().stream()
            .flatMap(message -> message.getFields().stream())
            .map(ContractBaselineTest::line);
    Stream<String> values =
        file.getEnumTypes().stream()
            .flatMap(type -> type.getValues().stream())
            .map(value ->
                value.getType().getFullName() + "." + value.getName() + " = " + value.getNumber());
    return Stream.concat(fields, values);
  }

  private static String line(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> field.getMessageType().getName();
          case ENUM -> field.getEnumType().getName();
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    String one =
        field.getContainingOneof() == null ? "" : " in " + field.getContainingOneof().getName();
    return field.getFullName()
        + " = "
        + field.getNumber()
        + (field.isRepeated() ? " repeated " : " ")
        + type
        + one;
  }
}
