package io.bluetick.directory;

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

  public DirectoryWriter(DirectoryLink link) {
    this.link = link;
  }

  /** Operations that will be sent together. */
  public DirectoryBatch batch() {
    return new DirectoryBatch(script, link);
  }
}
