package io.bluetick.session.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.AbandonSession;
import io.bluetick.protocol.v1.CloseSession;
import io.bluetick.protocol.v1.OpenSession;
import io.bluetick.protocol.v1.RestoreSession;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import java.util.List;

/** A gateway that asks. */
record Asking(Sessions sessions, String node) {

  static SessionRequest.Builder about(DeviceAddress device, long connection) {
    return SessionRequest.newBuilder()
        .setAccount(device.account().bytes())
        .setDevice(device.device())
        .setConnection(connection);
  }

  static SessionRequest open(DeviceAddress device, ByteString key, long connection) {
    OpenSession open = OpenSession.newBuilder().setStaticKey(key).build();
    return about(device, connection).setOpen(open).build();
  }

  List<SessionAnswer> ask(SessionRequest... requests) {
    SessionRequests all =
        SessionRequests.newBuilder().setNode(node).addAllRequests(List.of(requests)).build();
    return sessions.obey(all).getAnswersList();
  }

  private SessionAnswer one(SessionRequest request) {
    return ask(request).getFirst();
  }

  SessionOpened opened(DeviceAddress device, ByteString key, long connection) {
    SessionAnswer answer = one(open(device, key, connection));
    assertThat(answer.hasOpened()).as(answer.toString()).isTrue();
    return answer.getOpened();
  }

  String refused(DeviceAddress device, ByteString key) {
    return one(open(device, key, 1)).getRefused();
  }

  void close(DeviceAddress device, long epoch) {
    CloseSession close = CloseSession.newBuilder().setEpoch(epoch).build();
    assertThat(one(about(device, 0).setClose(close).build()).hasDone()).isTrue();
  }

  void abandon(DeviceAddress device, long epoch) {
    AbandonSession abandon = AbandonSession.newBuilder().setEpoch(epoch).build();
    assertThat(one(about(device, 0).setAbandon(abandon).build()).hasDone()).isTrue();
  }

  /** Empty if it goes on. */
  String restore(DeviceAddress device, long connection, long epoch) {
    RestoreSession restore = RestoreSession.newBuilder().setEpoch(epoch).build();
    SessionAnswer answer = one(about(device, connection).setRestore(restore).build());
    assertThat(answer.hasDone()).isEqualTo(answer.getRefused().isEmpty());
    return answer.getRefused();
  }
}
