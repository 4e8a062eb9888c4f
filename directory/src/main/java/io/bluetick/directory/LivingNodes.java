package io.bluetick.directory;

import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Which gateways live, by their leases: asked together, and believed for a while. */
final class LivingNodes {
  private final DirectoryLink link;
  private final long ageNanos;
  private final LongSupplier nowNanos;
  private final Map<String, Asked> known = new HashMap<>();

  private record Asked(CompletableFuture<Boolean> lives, long atNanos) {}

  LivingNodes(DirectoryLink link, Duration age, LongSupplier nowNanos) {
    this.link = link;
    this.ageNanos = age.toNanos();
    this.nowNanos = nowNanos;
  }

  /** Those of the given gateways that live. */
  CompletionStage<Set<String>> of(Collection<String> nodes) {
    Map<String, CompletableFuture<Boolean>> answers = answers(nodes);
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          Set<String> living = new HashSet<>();
          answers.forEach((node, lives) -> {
            if (lives.join()) {
              living.add(node);
            }
          });
          return living;
        });
  }

  private synchronized Map<String, CompletableFuture<Boolean>> answers(Collection<String> nodes) {
    if (known.size() > DirectoryLimits.MAX_NODES) {
      known.clear();
    }
    long now = nowNanos.getAsLong();
    Map<String, CompletableFuture<Boolean>> answers = new HashMap<>();
    List<AsyncCommand<String, byte[], Boolean>> asked = new ArrayList<>();
    for (String node : nodes) {
      Asked before = known.get(node);
      if (before == null
          || now - before.atNanos() > ageNanos
          || before.lives().isCompletedExceptionally()) {
        AsyncCommand<String, byte[], Boolean> question = question(node);
        asked.add(question);
        before = new Asked(question, now);
        known.put(node, before);
      }
      answers.put(node, before.lives());
    }
    if (!asked.isEmpty()) {
      link.send(asked);
    }
    return answers;
  }

  private static AsyncCommand<String, byte[], Boolean> question(String node) {
    CommandArgs<String, byte[]> args =
        new CommandArgs<>(DirectoryLink.CODEC).addKey(DirectoryFormat.leaseKey(node));
    return new AsyncCommand<>(
        new Command<>(CommandType.EXISTS, new BooleanOutput<>(DirectoryLink.CODEC), args));
  }
}
