package io.bluetick.message.mailbox;

import java.util.ArrayList;
import java.util.List;

/** What of a queue is in the inbox, as far as is known, and what of that is not needed any more. */
final class SavedRows {
  private final DeviceKey device;
  private final Custody custody;
  private final Bounds bounds;
  private final Effects effects;

  /** In memory all up to here is in the inbox too. */
  private long savedUpTo;

  /** In memory all up to here was handed over for saving. */
  private long savingUpTo;

  /** No row is newer. */
  private long rowsUpTo;

  private long forgottenUpTo;
  private long rowsSinceMeasure;
  private boolean isMeasured;

  SavedRows(DeviceKey device, Custody custody, Bounds bounds, Effects effects) {
    this.device = device;
    this.custody = custody;
    this.bounds = bounds;
    this.effects = effects;
    this.rowsUpTo = custody.endOfLog();
  }

  /** A stanza that the partition's former owner may save too. */
  void came(long sequence, long nowMs) {
    if (custody.isSuspect(nowMs)) {
      rowsUpTo = Math.max(rowsUpTo, sequence);
    }
  }

  /** A row was read. */
  void found(long sequence) {
    savedUpTo = Math.max(savedUpTo, sequence);
    savingUpTo = Math.max(savingUpTo, sequence);
    rowsUpTo = Math.max(rowsUpTo, sequence);
  }

  boolean isSaved(Stanza stanza) {
    return stanza.sequence() <= savedUpTo;
  }

  long unsavedBytes(Iterable<Stanza> held) {
    long bytes = 0;
    for (Stanza stanza : held) {
      bytes += isSaved(stanza) ? 0 : stanza.bytes();
    }
    return bytes;
  }

  /** Or being saved. */
  boolean isSaving(Stanza stanza) {
    return stanza.sequence() <= savingUpTo;
  }

  /** Those up to here that are not in the inbox, out of what is held in this order. */
  List<Stanza> toSave(Iterable<Stanza> window, Iterable<Stanza> tail, long upTo) {
    List<Stanza> stanzas = new ArrayList<>();
    addUnsaved(window, upTo, stanzas);
    addUnsaved(tail, upTo, stanzas);
    if (!stanzas.isEmpty()) {
      savingUpTo = stanzas.getLast().sequence();
      rowsUpTo = Math.max(rowsUpTo, savingUpTo);
    }
    return stanzas;
  }

  private void addUnsaved(Iterable<Stanza> held, long upTo, List<Stanza> stanzas) {
    for (Stanza stanza : held) {
      if (stanza.sequence() > upTo) {
        return;
      }
      if (!isSaving(stanza)) {
        stanzas.add(stanza);
      }
    }
  }

  /** Now and then it is asked how much waits for a companion. */
  void saved(long upTo, int rows) {
    savedUpTo = Math.max(savedUpTo, upTo);
    rowsSinceMeasure += rows;
    boolean isDue = !isMeasured || rowsSinceMeasure >= bounds.measureEvery();
    if (device.device() != 0 && isDue) {
      isMeasured = true;
      rowsSinceMeasure = 0;
      int limit = bounds.companionRows();
      effects.add(new Effect.Measure(device, limit, limit - limit / 10));
    }
  }

  void forget(long upTo) {
    if (upTo > forgottenUpTo && forgottenUpTo < rowsUpTo) {
      effects.forget(device, upTo);
    }
    forgottenUpTo = Math.max(forgottenUpTo, upTo);
  }

  void forgetAll() {
    effects.forget(device, Long.MAX_VALUE);
  }
}
