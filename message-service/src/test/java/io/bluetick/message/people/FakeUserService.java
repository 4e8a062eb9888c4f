package io.bluetick.message.people;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.BlockList;
import io.bluetick.protocol.v1.BlocksAnswer;
import io.bluetick.protocol.v1.BlocksRequest;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.GroupsAnswer;
import io.bluetick.protocol.v1.GroupsRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** The part of user-service that people.proto names, as strict as it says. */
final class FakeUserService implements AutoCloseable {
  static final String SECRET = "a secret for tests, long enough for any";

  /** Ids in each request. */
  final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

  private final HttpServer server;
  private final PeopleForTests known;
  private volatile int status = 200;
  private volatile UnaryOperator<byte[]> spoil = body -> body;

  FakeUserService(PeopleForTests known) throws IOException {
    this.known = known;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/internal/v1/groups", exchange -> answer(exchange, this::groups));
    server.createContext("/internal/v1/blocks", exchange -> answer(exchange, this::blocks));
    server.start();
  }

  /** Answers a request. */
  private interface Answering {
    MessageLite to(byte[] request) throws IOException;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answerWith(int otherStatus) {
    status = otherStatus;
  }

  void answerWith(UnaryOperator<byte[]> otherBody) {
    spoil = otherBody;
  }

  private void answer(HttpExchange exchange, Answering answering) throws IOException {
    byte[] body = spoil.apply(answering.to(exchange.getRequestBody().readAllBytes()).toByteArray());
    boolean mayAsk =
        ("Internal " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && "POST".equals(exchange.getRequestMethod())
            && "application/x-protobuf"
                .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
    exchange.sendResponseHeaders(mayAsk ? status : 401, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private MessageLite groups(byte[] body) throws IOException {
    GroupsRequest request = GroupsRequest.parseFrom(body);
    sizes.add(request.getGroupsCount());
    GroupsAnswer.Builder answer = GroupsAnswer.newBuilder();
    for (ByteString group : request.getGroupsList()) {
      answer.addGroups(
          known.groupNow(AccountId.of(group)).orElse(GroupChanged.getDefaultInstance()));
    }
    return answer.build();
  }

  private MessageLite blocks(byte[] body) throws IOException {
    BlocksRequest request = BlocksRequest.parseFrom(body);
    sizes.add(request.getAccountsCount());
    BlocksAnswer.Builder answer = BlocksAnswer.newBuilder();
    for (ByteString account : request.getAccountsList()) {
      BlockList.Builder list = BlockList.newBuilder();
      known.blockedNow(AccountId.of(account)).forEach(each -> list.addBlocked(each.bytes()));
      answer.addAccounts(list);
    }
    return answer.build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
