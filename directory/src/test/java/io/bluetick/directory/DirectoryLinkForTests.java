package io.bluetick.directory;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;

/** A link to whatever listens on a port. */
final class DirectoryLinkForTests implements AutoCloseable {
  final DirectoryLink link;
  private final ClientResources resources = DefaultClientResources.create();

  DirectoryLinkForTests(int port) {
    link =
        new DirectoryLink(resources, RedisURI.create("127.0.0.1", port), DirectoryLimits.DEFAULTS);
  }

  @Override
  public void close() {
    link.close();
    var _ = resources.shutdown();
  }
}
