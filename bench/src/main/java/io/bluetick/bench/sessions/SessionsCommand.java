package io.bluetick.bench.sessions;

import io.bluetick.bench.measure.ProcessTree;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.stack.BenchStack;
import io.bluetick.bench.stack.BenchStack.Service;
import io.bluetick.bench.stack.BenchStack.Subject;
import io.bluetick.bench.stack.RunOptions;
import io.bluetick.bench.stack.SessionEnvironment;
import io.bluetick.devstack.Backend;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a session-service of its own, measures it, and ends it. */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "what logins, bundles and openings cost session-service: CPU, latency")
public final class SessionsCommand implements Callable<Integer> {
  @Option(names = "--devices", defaultValue = "512", description = "registered first")
  private int devices;

  @Option(
      names = "--one-time-keys",
      defaultValue = "100",
      description = "of each kind that a device has")
  private int oneTimeKeys;

  @Option(names = "--logins", defaultValue = "20000", description = "by refresh token")
  private int logins;

  @Option(
      names = "--bundles",
      defaultValue = "12000",
      description = "fetched as fast as possible, and again at half that rate")
  private int bundles;

  @Option(
      names = "--opens",
      defaultValue = "20480",
      description = "of sessions, one by one, and again together")
  private int opens;

  @Option(names = "--batch", defaultValue = "256", description = "openings in one call")
  private int batch;

  @Option(names = "--workers", defaultValue = "8", description = "that ask at the same time")
  private int workers;

  @Option(names = "--heap", defaultValue = "256m", description = "the service's -Xmx")
  private String heap = "256m";

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, PartFailure {
    SessionsPlan plan =
        new SessionsPlan(devices, oneTimeKeys, logins, bundles, opens, batch, workers);
    check(plan);
    Path checkout = Path.of(System.getProperty("bluetick.root", ".")).toAbsolutePath().normalize();
    progress("starting PostgreSQL, Redis, Kafka and session-service ...");
    SessionEnvironment environment = SessionEnvironment.make();
    Report report;
    try (BenchStack stack = BenchStack.start(checkout, Subject.of(service(environment)))) {
      SessionService service =
          new SessionService(
              stack.url(SessionEnvironment.MODULE),
              environment.internalSecret(),
              stack.service(SessionEnvironment.MODULE),
              new ProcessTree(stack.backend(Backend.POSTGRES).pid()));
      DevCodes codes = new DevCodes(stack.log(SessionEnvironment.MODULE));
      report = new SessionsBench(service, plan, codes, this::progress).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : "\n" + report.table());
    out.flush();
    if (!report.isFine()) {
      progress("Something failed: see " + BenchStack.keptLog(checkout, SessionEnvironment.MODULE));
    }
    return report.isFine() ? 0 : 1;
  }

  private void check(SessionsPlan plan) {
    check(Tools.isLinux(), "this benchmark reads /proc, which only Linux has");
    check(plan.devices() >= 2, "--devices must be 2 or more");
    check(
        plan.oneTimeKeys() >= 0 && plan.oneTimeKeys() <= SessionsPlan.MAX_ONE_TIME_KEYS,
        "--one-time-keys must be 0 to " + SessionsPlan.MAX_ONE_TIME_KEYS);
    check(
        plan.oneTimeKeys() == 0 || plan.allBundles() <= plan.devices() * plan.oneTimeKeys(),
        "so many bundles (%d in all) need more devices or one-time keys"
            .formatted(plan.allBundles()));
    check(
        plan.batch() >= 1 && plan.batch() <= Math.min(plan.devices(), SessionsPlan.MAX_BATCH),
        "--batch must be 1 to 256, and no more than there are devices");
    check(
        plan.logins() >= plan.devices() && plan.bundles() >= 1 && plan.opens() >= plan.batch(),
        "every device must log in once, and all must do something");
    check(plan.workers() >= 1, "--workers must be 1 or more");
  }

  private Service service(SessionEnvironment environment) {
    return new Service(
        SessionEnvironment.MODULE,
        Set.of(Backend.POSTGRES, Backend.REDIS, Backend.KAFKA),
        options.jvmOptions(heap),
        place -> options.over(environment.own(place)));
  }

  /** Beside the result, which may be read by a script. */
  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private void check(boolean isFine, String complaint) {
    if (!isFine) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }
}
