package io.bluetick.bench.member;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The codes that session-service would send to phones. Its sender {@code dev} writes them into its
 * log instead.
 */
public final class DevCodes {
  private static final Pattern CODE =
      Pattern.compile("event=dev_code code=(\\d+) session=([0-9a-f]+)");
  private static final long POLL_MS = 2;
  private static final long LIMIT_MS = 5_000;

  private final Path log;
  private final Map<String, String> bySession = new HashMap<>();
  private final StringBuilder rest = new StringBuilder();
  private long read;

  public DevCodes(Path log) {
    this.log = log;
  }

  /** The code of a session, which is asked for once. */
  public synchronized String of(String session) throws IOException, InterruptedException {
    long start = System.nanoTime();
    @Nullable String code = bySession.remove(session);
    while (code == null) {
      if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) > LIMIT_MS) {
        throw new IOException("no code came into the log of session-service");
      }
      readOn();
      code = bySession.remove(session);
      if (code == null) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
    return code;
  }

  /** Whole lines only: the last one may still be under way. */
  private void readOn() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] fresh = new byte[(int) (file.length() - read)];
      file.seek(read);
      file.readFully(fresh);
      read += fresh.length;
      rest.append(new String(fresh, StandardCharsets.UTF_8));
    }
    int end = rest.lastIndexOf("\n") + 1;
    Matcher codes = CODE.matcher(rest.substring(0, end));
    while (codes.find()) {
      bySession.put(codes.group(2), codes.group(1));
    }
    rest.delete(0, end);
  }
}
