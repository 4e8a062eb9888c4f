package io.bluetick.e2e.client;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.client.group.Group;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.GroupsAnswer;
import io.bluetick.protocol.v1.GroupsRequest;
import io.bluetick.protocol.v1.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells message-service who is in which group, as people.proto says; knows no blocks. */
public final class GroupServer implements AutoCloseable {
  private final Map<AccountId, GroupChanged> groups = new ConcurrentHashMap<>();
  private final HttpServer http;

  public GroupServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/internal/v1/groups", this::groups);
    http.start();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  void put(Group group) {
    GroupChanged.Builder membership = GroupChanged.newBuilder().setVersion(group.version());
    group
        .members()
        .forEach(member -> membership.addMembers(Member.newBuilder().setAccount(member.bytes())));
    groups.put(group.id(), membership.build());
  }

  private void groups(HttpExchange exchange) throws IOException {
    GroupsAnswer.Builder answer = GroupsAnswer.newBuilder();
    for (ByteString id : GroupsRequest.parseFrom(exchange.getRequestBody()).getGroupsList()) {
      answer.addGroups(groups.getOrDefault(AccountId.of(id), GroupChanged.getDefaultInstance()));
    }
    byte[] body = answer.build().toByteArray();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
