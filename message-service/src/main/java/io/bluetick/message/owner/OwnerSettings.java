package io.bluetick.message.owner;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mailboxes are run.
 *
 * @param node names this process among those that share the partitions; it finds its partitions
 *     again by it after a restart
 * @param threads each of which owns a part of the partitions
 * @param generation of the topic, raised on the day its number of partitions changes
 * @param checkpoint how often the log is given up, and for how long what is on its way is not saved
 * @param suspicion for so long after a partition came, its former owner may still save rows
 * @param farewell within which a partition that goes elsewhere is saved; else its log is replayed
 * @param retry after which what failed is tried again
 * @param heldBytes of stanzas in memory of a thread, beyond which less is sent to each device at
 *     once; 0: the threads share a sixth of the heap
 * @param unsavedBytes of those that are not in the inbox, beyond which a thread reads no more
 * @param waitingBytes of commands that wait for a look-up, beyond which a partition is not read
 * @param mailboxes in memory at most, of each partition, as far as they are idle
 */
@Validated
@ConfigurationProperties("bluetick.mailbox")
record OwnerSettings(
    @NotBlank String node,
    @DefaultValue("1") @Min(1) @Max(64) int threads,
    @DefaultValue("0") @Min(0) @Max(255) int generation,
    @DefaultValue("1s") @NotNull Duration checkpoint,
    @DefaultValue("2m") @NotNull Duration suspicion,
    @DefaultValue("5s") @NotNull Duration farewell,
    @DefaultValue("500ms") @NotNull Duration retry,
    @DefaultValue("0") @Min(OwnerSettings.LEAST_HELD_BYTES) long heldBytes,
    @DefaultValue("25165824") @Min(1_048_576) long unsavedBytes,
    @DefaultValue("1048576") @Min(65_536) long waitingBytes,
    @DefaultValue("4096") @Min(1) int mailboxes) {
  private static final int SHARE_OF_HEAP = 6;
  private static final long LEAST_HELD_BYTES = 1 << 20;

  OwnerSettings {
    if (heldBytes == 0) {
      long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Math.max(1, threads);
      heldBytes = Math.max(LEAST_HELD_BYTES, share);
    }
  }
}
