package io.bluetick.message.owner;

import io.bluetick.message.mailbox.PartitionActors;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Commands of accounts of which nobody can say now what devices they have, because session-service
 * is away and Redis does not know them. They wait, and so does all that comes for the same accounts
 * behind them; the rest of the partition goes on. The log is not given up past the first.
 */
final class Parked {
  private List<Command> commands = new ArrayList<>();

  /** Whom all of them concern, and which is the first of each. */
  private final Map<AccountId, Long> concerned = new HashMap<>();

  /** Who must be known before they can be obeyed. */
  private final Set<AccountId> unknown = new LinkedHashSet<>();

  private long bytes;

  record Command(long sequence, MailboxCommand command) {}

  boolean isEmpty() {
    return commands.isEmpty();
  }

  /** About so much memory they take. */
  long bytes() {
    return bytes;
  }

  /** The first command of everybody whom one concerns, at any time. */
  Map<AccountId, Long> concerned() {
    return Collections.unmodifiableMap(concerned);
  }

  Set<AccountId> unknown() {
    return unknown;
  }

  OptionalLong first() {
    return commands.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(commands.getFirst().sequence());
  }

  /**
   * Takes the command if it must wait.
   *
   * @param missing accounts that could not be looked up
   */
  boolean takes(long sequence, MailboxCommand command, Set<AccountId> missing) {
    List<AccountId> accounts = PartitionActors.concerned(command);
    if (accounts.stream()
        .noneMatch(each -> missing.contains(each) || concerned.containsKey(each))) {
      return false;
    }
    accounts.stream().filter(missing::contains).forEach(unknown::add);
    accounts.forEach(each -> concerned.putIfAbsent(each, sequence));
    commands.add(new Command(sequence, command));
    bytes += command.getSerializedSize();
    return true;
  }

  /** Those that need wait no longer, now that these accounts are known. */
  List<Command> release(Set<AccountId> known) {
    if (!unknown.removeAll(known)) {
      return List.of();
    }
    List<Command> released = new ArrayList<>();
    List<Command> left = new ArrayList<>();
    concerned.clear();
    for (Command command : commands) {
      List<AccountId> accounts = PartitionActors.concerned(command.command());
      if (accounts.stream()
          .anyMatch(each -> unknown.contains(each) || concerned.containsKey(each))) {
        accounts.forEach(each -> concerned.putIfAbsent(each, command.sequence()));
        left.add(command);
      } else {
        released.add(command);
        bytes -= command.command().getSerializedSize();
      }
    }
    commands = left;
    return released;
  }
}
