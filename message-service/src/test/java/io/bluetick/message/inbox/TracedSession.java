package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.QueryTrace;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session that has Cassandra tell what it did for each request. */
final class TracedSession {
  private static final Pattern SCANNED =
      Pattern.compile("Read (\\d+) live rows and (\\d+) tombstone cells");

  private static final Pattern MERGED =
      Pattern.compile("Merged data from memtables and (\\d+) sstables");

  private final CqlSession session;
  private final List<ExecutionInfo> executed = Collections.synchronizedList(new ArrayList<>());

  /**
   * What Cassandra did.
   *
   * @param rows it came across that were to be seen
   * @param tombstones it came across
   * @param files of the inbox that it looked into
   */
  record Effort(long rows, long tombstones, long files) {}

  TracedSession(CqlSession session) {
    this.session = session;
  }

  /** The session to be used in place of the other. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("executeAsync")
                    ? traced((Statement<?>) arguments[0])
                    : method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CompletionStage<AsyncResultSet> traced(Statement<?> statement) {
    return session
        .executeAsync(statement.setTracing(true))
        .whenComplete((answer, failure) -> {
          if (failure == null) {
            executed.add(answer.getExecutionInfo());
          }
        });
  }

  /** Since the last call. */
  Effort effort() {
    long rows = 0;
    long tombstones = 0;
    long files = 0;
    for (ExecutionInfo each : executed) {
      QueryTrace trace = each.getQueryTrace();
      boolean isInbox = false;
      for (var event : trace.getEvents()) {
        String activity = String.valueOf(event.getActivity());
        isInbox |= activity.endsWith("query on inbox");
        Matcher scanned = SCANNED.matcher(activity);
        if (scanned.find()) {
          rows += Long.parseLong(scanned.group(1));
          tombstones += Long.parseLong(scanned.group(2));
        }
        Matcher merged = MERGED.matcher(activity);
        if (isInbox && merged.find()) {
          files += Long.parseLong(merged.group(1));
        }
      }
    }
    executed.clear();
    return new Effort(rows, tombstones, files);
  }
}
