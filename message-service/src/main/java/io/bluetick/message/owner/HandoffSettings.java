package io.bluetick.message.owner;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of what is handed to gateways.
 *
 * @param nodes gateways at once
 * @param nodeBytes that wait for one of them; beyond it hand-offs are dropped, and their devices
 *     wait until they are sent again; 0: a twelfth of the heap, about as much as mailboxes hold,
 *     packed
 * @param recordBytes at which a record is full
 * @param pace between two times that records are sent, to all gateways together
 * @param maxBlock how long a gateway without a topic holds the others up
 * @param silence for which one whose topic does not take anything is handed nothing
 */
@Validated
@ConfigurationProperties("bluetick.handoff")
record HandoffSettings(
    @DefaultValue("1024") @Min(1) int nodes,
    @DefaultValue("0") @Min(HandoffSettings.LEAST_NODE_BYTES) long nodeBytes,
    @DefaultValue("262144") @Min(1_024) @Max(900_000) int recordBytes,
    @DefaultValue("2ms") @NotNull Duration pace,
    @DefaultValue("500ms") @NotNull Duration maxBlock,
    @DefaultValue("5s") @NotNull Duration silence) {
  private static final int SHARE_OF_HEAP = 12;
  private static final long LEAST_NODE_BYTES = 65_536;

  HandoffSettings {
    if (nodeBytes == 0) {
      nodeBytes = Math.max(LEAST_NODE_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }
  }
}
