package io.bluetick.session.directory;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.bluetick.directory.DirectoryBatch;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.DeviceListsAnswer;
import io.bluetick.protocol.v1.DeviceListsRequest;
import io.bluetick.protocol.v1.SessionRequests;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What gateways and other services ask; see sessions.proto. Open only to who shows the secret. */
@Hidden
@RestController
@RequestMapping(
    path = "/internal/v1",
    consumes = DirectoryEndpoint.PROTOBUF,
    produces = DirectoryEndpoint.PROTOBUF)
class DirectoryEndpoint {
  static final String PROTOBUF = "application/x-protobuf";
  static final int MAX_REQUESTS = 256;
  static final int MAX_ACCOUNTS = 1_000;

  /** Far more than the most requests need. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Sessions sessions;
  private final KnownAccounts accounts;
  private final DirectoryWriter directory;

  DirectoryEndpoint(Sessions sessions, KnownAccounts accounts, DirectoryWriter directory) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.directory = directory;
  }

  @PostMapping("/sessions")
  byte[] sessions(InputStream body) throws IOException {
    SessionRequests requests = parsed(body, SessionRequests.parser());
    bound(requests.getRequestsCount(), MAX_REQUESTS);
    if (!requests.getNode().matches("[a-z0-9-]{1,63}")) {
      throw new BluetickException(ErrorCode.INVALID, "No gateway has such a name.");
    }
    return sessions.obey(requests).toByteArray();
  }

  /** Filling Redis is not waited for: whoever asked has its answer, and asks again if it fails. */
  @PostMapping("/devices")
  byte[] devices(InputStream body) throws IOException {
    DeviceListsRequest request = parsed(body, DeviceListsRequest.parser());
    bound(request.getAccountsCount(), MAX_ACCOUNTS);
    List<AccountId> asked = new ArrayList<>();
    for (ByteString account : request.getAccountsList()) {
      if (account.size() != AccountId.BYTES) {
        throw new BluetickException(ErrorCode.INVALID, "An account's id has 16 bytes.");
      }
      asked.add(AccountId.of(account));
    }
    Map<AccountId, KnownAccount> known = accounts.load(asked);
    DirectoryBatch batch = directory.batch();
    DeviceListsAnswer.Builder answer = DeviceListsAnswer.newBuilder();
    for (AccountId account : asked) {
      KnownAccount found = known.getOrDefault(account, KnownAccount.NONE);
      if (found.exists()) {
        var _ = batch.putList(account, found.list());
      }
      answer.addAccounts(found.devices());
    }
    batch.send();
    return answer.build().toByteArray();
  }

  private static <T extends MessageLite> T parsed(InputStream body, Parser<T> parser)
      throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BluetickException(ErrorCode.PAYLOAD_TOO_LARGE, "The body is too large.");
    }
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new BluetickException(ErrorCode.BAD_REQUEST, "The body is not what it should be.", e);
    }
  }

  private static void bound(int count, int limit) {
    if (count > limit) {
      throw new BluetickException(ErrorCode.INVALID, "At most %d at once.".formatted(limit));
    }
  }
}
