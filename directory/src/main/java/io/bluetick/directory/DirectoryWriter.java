package io.bluetick.directory;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Writes the directory; only session-service does. Any thread may use it.
 *
 * <p>It does not know who may connect: its caller has checked the device's key against the list
 * that it hands over, and Redis refuses a list that is older than the one it knows. So nobody opens
 * a session by a list that was changed, wherever that list is cached.
 */
public final class DirectoryWriter {
  private final DirectoryScript script = new DirectoryScript();
  private final DirectoryLink link;
  private final LivingNodes nodes;

  public DirectoryWriter(DirectoryLink link) {
    this.link = link;
    this.nodes = new LivingNodes(link, Duration.ZERO, System::nanoTime);
  }

  /** Those of the given gateways that live. */
  public CompletionStage<Set<String>> living(Collection<String> gateways) {
    return Answers.typed(nodes.of(gateways));
  }

  /** Operations that will be sent together. */
  public DirectoryBatch batch() {
    return new DirectoryBatch(script, link);
  }
}
