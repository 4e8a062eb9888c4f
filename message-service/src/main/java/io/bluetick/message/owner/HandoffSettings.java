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
 * @param bytes that wait for all of them, and half as many for one; beyond it hand-offs are
 *     dropped, and their devices wait until they are sent again; 0: a sixth of the heap, as
 *     mailboxes hold
 * @param recordBytes at which a record is full
 * @param pace between two times that records are sent, to all gateways together
 * @param maxBlock how long a gateway without a topic holds the others up
 * @param silence for which one whose topic does not take anything is handed nothing
 */
@Validated
@ConfigurationProperties("bluetick.handoff")
record HandoffSettings(
    @DefaultValue("1024") @Min(1) int nodes,
    @DefaultValue("0") @Min(HandoffSettings.LEAST_BYTES) long bytes,
    @DefaultValue("262144") @Min(1_024) @Max(900_000) int recordBytes,
    @DefaultValue("2ms") @NotNull Duration pace,
    @DefaultValue("500ms") @NotNull Duration maxBlock,
    @DefaultValue("5s") @NotNull Duration silence) {
  private static final int SHARE_OF_HEAP = 6;
  private static final long LEAST_BYTES = 131_072;

  HandoffSettings {
    if (bytes == 0) {
      bytes = Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }
  }

  /** One gateway whose topic takes nothing for a while leaves room for the others. */
  long nodeBytes() {
    return bytes / 2;
  }
}
