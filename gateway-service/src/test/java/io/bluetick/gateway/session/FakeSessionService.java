package io.bluetick.gateway.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionDone;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Session-service as gateways see it: the contract of sessions.proto over sessions in memory. */
final class FakeSessionService implements AutoCloseable {
  final Queue<SessionRequests> seen = new ConcurrentLinkedQueue<>();
  private final Queue<Answer.Opened> displaced = new ConcurrentLinkedQueue<>();
  private final Sessions sessions = new FirstUseSessions(Clock.systemUTC(), 100_000);
  private final String authorization;
  private final DisposableServer server;
  private final AtomicInteger failures = new AtomicInteger();

  FakeSessionService(String secret) {
    authorization = "Internal " + secret;
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                routes.post(
                    HttpSessionService.PATH,
                    (request, response) -> {
                      boolean known =
                          authorization.equals(request.requestHeaders().get("Authorization"))
                              && "application/x-protobuf"
                                  .equals(request.requestHeaders().get("Content-Type"));
                      return response
                          .status(known ? status() : 401)
                          .sendByteArray(
                              Flux.from(
                                  request
                                      .receive()
                                      .aggregate()
                                      .asByteArray()
                                      .flatMap(this::answer)));
                    }))
            .bindNow();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Answers the next calls with an error, having heard them. */
  void fail(int calls) {
    failures.set(calls);
  }

  private int status() {
    return failures.get() > 0 ? 503 : 200;
  }

  private Mono<byte[]> answer(byte[] body) {
    SessionRequests requests;
    try {
      requests = SessionRequests.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      return Mono.error(e);
    }
    seen.add(requests);
    if (failures.get() > 0) {
      failures.decrementAndGet();
      return Mono.just(new byte[0]);
    }
    SessionAnswers.Builder answers = SessionAnswers.newBuilder();
    requests
        .getRequestsList()
        .forEach(request -> answers.addAnswers(answer(requests.getNode(), request)));
    return Mono.just(answers.build().toByteArray());
  }

  private SessionAnswer answer(String node, SessionRequest request) {
    DeviceAddress device =
        new DeviceAddress(AccountId.of(request.getAccount()), request.getDevice());
    Place place = new Place(node, request.getConnection());
    SessionAnswer done =
        SessionAnswer.newBuilder().setDone(SessionDone.getDefaultInstance()).build();
    return switch (request.getRequestCase()) {
      case OPEN -> {
        StaticKey key = new StaticKey(request.getOpen().getStaticKey().toByteArray());
        Asked asked = new Asked(device, key, place, request.getOpen().getAttempt());
        yield told(sessions.open(asked).toCompletableFuture().join());
      }
      case CLOSE -> {
        sessions.close(device, request.getClose().getEpoch());
        yield done;
      }
      case ABANDON -> {
        abandon(device, request.getAbandon().getEpoch());
        yield done;
      }
      case RESTORE -> done;
      case REQUEST_NOT_SET -> throw new IllegalArgumentException("nothing is asked for");
    };
  }

  /** What an opening displaced is told by nobody here: it is remembered. */
  private void abandon(DeviceAddress device, long epoch) {
    displaced.stream()
        .filter(opened -> opened.epoch() == epoch)
        .findFirst()
        .ifPresent(opened -> sessions.abandon(device, opened));
  }

  private SessionAnswer told(Answer answer) {
    return switch (answer) {
      case Answer.Refused(var code) -> SessionAnswer.newBuilder().setRefused(code.slug()).build();
      case Answer.Opened opened -> {
        displaced.add(opened);
        SessionOpened.Builder told =
            SessionOpened.newBuilder()
                .setEpoch(opened.epoch())
                .setRegistration(opened.registration());
        opened
            .displaced()
            .ifPresent(place ->
                told.setDisplacedNode(place.node()).setDisplacedConnection(place.connection()));
        yield SessionAnswer.newBuilder().setOpened(told).build();
      }
    };
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
