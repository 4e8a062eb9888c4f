package io.bluetick.bench.sessions;

import com.google.protobuf.ByteString;
import io.bluetick.bench.load.Failures;
import io.bluetick.bench.member.Api;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.member.Member;
import io.bluetick.bench.member.Member.Tokens;
import io.bluetick.bench.member.Registrations;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.sessions.SessionService.Cpu;
import io.bluetick.bench.sessions.Workers.Done;
import io.bluetick.bench.sessions.Workers.Request;
import io.bluetick.protocol.v1.OpenSession;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Measures session-service: what a login, a bundle and the opening of a session cost it.
 *
 * <p>Costs are the processor time that the kernel counts for the service and for PostgreSQL; how
 * long something takes by the clock depends on who else is at work, the client included. Latencies
 * are taken at half of the load that the machine bears, from when a request was due.
 */
final class SessionsBench {
  private static final String NODE = "bench1";

  private final SessionService service;
  private final SessionsPlan plan;
  private final Registrations registrations;
  private final Api api;
  private final Consumer<String> progress;
  private final Failures failures = new Failures();
  private final Workers workers;
  private final Report.Builder report = Report.builder();

  /** Each opening is a connection of its own; the workers overtake each other. */
  private final AtomicLong connections = new AtomicLong(1);

  private List<Member> members = List.of();

  /** What a phase took and cost. */
  private record Phase(Done done, Cpu cpu) {
    OptionalDouble servicePer(int each) {
      return per(cpu.serviceMicros(), each);
    }

    OptionalDouble postgresPer(int each) {
      return per(cpu.postgresMicros(), each);
    }

    /** Nothing was measured if nothing was answered. */
    private OptionalDouble per(long micros, int each) {
      long count = (long) done.answered() * each;
      return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) micros / count);
    }
  }

  SessionsBench(
      SessionService service, SessionsPlan plan, DevCodes codes, Consumer<String> progress) {
    this.service = service;
    this.plan = plan;
    this.api = new Api(service.url(), service.internalSecret());
    this.registrations = new Registrations(api, codes, plan.oneTimeKeys());
    this.progress = progress;
    this.workers = new Workers(plan.workers(), failures);
  }

  Report run() throws IOException, InterruptedException {
    progress.accept("registering %,d devices ...".formatted(plan.devices()));
    register();
    step("logging in %,d times ...".formatted(plan.logins()), this::logins);
    step("fetching %,d bundles, twice ...".formatted(plan.bundles()), this::bundles);
    step("opening %,d sessions, twice ...".formatted(plan.opens()), this::opens);
    return report.build(failures.byReason());
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Nothing is measured of what has failed. */
  private void step(String what, Step step) throws IOException, InterruptedException {
    if (failures.total() == 0) {
      progress.accept(what);
      step.run();
    }
  }

  private void register() throws InterruptedException {
    AtomicReferenceArray<Member> made = new AtomicReferenceArray<>(plan.devices());
    workers.asFastAsPossible(
        plan.devices(), number -> made.set(number, registrations.register(number)));
    if (failures.total() == 0) {
      members = IntStream.range(0, plan.devices()).mapToObj(made::get).toList();
    }
    report.add("devices", "registered, each with an account of its own", members.size());
  }

  private void logins() throws IOException, InterruptedException {
    Phase logins = measured(plan.logins(), this::login);
    OptionalDouble cpu = logins.servicePer(1);
    OptionalDouble perSecond =
        cpu.isPresent() ? OptionalDouble.of(1e6 / cpu.getAsDouble()) : OptionalDouble.empty();
    report
        .add("cpu_us_per_login", "session-service, a refresh token for the next two", cpu)
        .add("postgres_cpu_us_per_login", "PostgreSQL for the same", logins.postgresPer(1))
        .add("logins_per_second_per_core", "of session-service; the goal is 1,000", perSecond)
        .add("logins_per_second", "by the clock", logins.done().perSecond());
  }

  private void login(int number) throws IOException, InterruptedException {
    Member member = members.get(number % members.size());
    // Two logins of one device at a time would take each other's token for a stolen one.
    synchronized (member) {
      JsonNode tokens =
          api.post("/v1/tokens/refresh", Map.of("refreshToken", member.tokens().refresh()));
      member.refreshed(
          new Tokens(
              tokens.path("accessToken").asString(), tokens.path("refreshToken").asString()));
    }
  }

  private void bundles() throws IOException, InterruptedException {
    Phase fastest = measured(plan.bundles(), this::bundle);
    if (failures.total() > 0) {
      return; // There may be no rate to go at.
    }
    double half = fastest.done().perSecond() / 2;
    Latencies latencies = new Latencies(plan.bundles());
    int before = 2 * plan.bundles();
    workers.at(half, plan.bundles(), number -> bundle(before + number), latencies);
    report
        .add(
            "cpu_us_per_bundle",
            "session-service, one device's with one-time keys",
            fastest.servicePer(1))
        .add("postgres_cpu_us_per_bundle", "PostgreSQL for the same", fastest.postgresPer(1))
        .add("bundles_per_second", "at most, by the clock", fastest.done().perSecond())
        .add("bundle_ms_p50", "at half of that rate", latencies.percentileMs(0.5))
        .add("bundle_ms_p99", "the goal is less than 20", latencies.percentileMs(0.99));
  }

  /** Anybody asks anybody, so that stocks go down as they do in life: not all at one time. */
  private void bundle(int number) throws IOException, InterruptedException {
    RandomGenerator random = new SplittableRandom(number);
    int count = members.size();
    int asker = random.nextInt(count);
    Member target = members.get((asker + 1 + random.nextInt(count - 1)) % count);
    JsonNode devices =
        api.post(
                "/v1/keys/bundles",
                members.get(asker).tokens().access(),
                Map.of("account", target.account().toString()))
            .path("devices");
    if (devices.size() != 1) {
      throw new Api.Refused("/v1/keys/bundles answered no bundle");
    }
    if (devices.path(0).has("ecOneTime") != plan.oneTimeKeys() > 0) {
      throw new Api.Refused("a device ran out of one-time keys: let there be more of either");
    }
  }

  private void opens() throws IOException, InterruptedException {
    Phase alone = measured(plan.opens(), number -> open(number, 1));
    int calls = Math.max(1, plan.opens() / plan.batch());
    Phase together = measured(calls, number -> open(number * plan.batch(), plan.batch()));
    report
        .add("cpu_us_per_open", "session-service, one in a call", alone.servicePer(1))
        .add("postgres_cpu_us_per_open", "PostgreSQL for the same", alone.postgresPer(1))
        .add(
            "cpu_us_per_open_together",
            "%d in a call; the goal is 300".formatted(plan.batch()),
            together.servicePer(plan.batch()))
        .add(
            "postgres_cpu_us_per_open_together",
            "PostgreSQL for the same",
            together.postgresPer(plan.batch()))
        .add(
            "opens_per_second_together",
            "by the clock",
            together.done().perSecond() * plan.batch());
  }

  private void open(int first, int count) throws IOException, InterruptedException {
    SessionRequests.Builder requests = SessionRequests.newBuilder().setNode(NODE);
    for (int i = 0; i < count; i++) {
      Member member = members.get((first + i) % members.size());
      requests.addRequests(
          SessionRequest.newBuilder()
              .setAccount(member.account().bytes())
              .setConnection(connections.getAndIncrement())
              .setOpen(
                  OpenSession.newBuilder()
                      .setStaticKey(ByteString.copyFrom(member.noise().publicKey()))));
    }
    SessionAnswers answers = api.sessions(requests.build());
    if (answers.getAnswersCount() != count) {
      throw new Api.Refused("/internal/v1/sessions answered another number of requests");
    }
    for (SessionAnswer answer : answers.getAnswersList()) {
      if (!answer.hasOpened()) {
        throw new Api.Refused("/internal/v1/sessions refused: " + answer.getRefused());
      }
    }
  }

  /** Rehearses, so that the code is compiled, and measures. */
  private Phase measured(int requests, Request request) throws IOException, InterruptedException {
    workers.asFastAsPossible(requests, request);
    Cpu before = service.cpu();
    Done done = workers.asFastAsPossible(requests, number -> request.send(requests + number));
    return new Phase(done, service.cpu().since(before));
  }
}
