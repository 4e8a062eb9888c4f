package io.bluetick.message.people;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.BlockList;
import io.bluetick.protocol.v1.BlocksAnswer;
import io.bluetick.protocol.v1.BlocksRequest;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.GroupsAnswer;
import io.bluetick.protocol.v1.GroupsRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks user-service, for many at a time; see people.proto. One that does not know the paths yet
 * (404) has no groups, and nobody has blocked anybody.
 */
final class HttpPeople implements AutoCloseable {
  static final int MAX_GROUPS = 100;
  static final int MAX_ACCOUNTS = 200;
  static final int MAX_ANSWER_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HttpPeople.class);
  private static final String PROTOBUF = "application/x-protobuf";

  private final Question<GroupChanged, Membership> groups =
      new Question<>(
          "/internal/v1/groups",
          MAX_GROUPS,
          ids -> GroupsRequest.newBuilder().addAllGroups(ids).build(),
          body -> parsed(GroupsAnswer.parser(), body).getGroupsList(),
          group -> group.getVersion() == 0 ? Membership.NONE : Membership.of(group),
          Membership.NONE);

  private final Question<BlockList, Set<AccountId>> blockLists =
      new Question<>(
          "/internal/v1/blocks",
          MAX_ACCOUNTS,
          ids -> BlocksRequest.newBuilder().addAllAccounts(ids).build(),
          body -> parsed(BlocksAnswer.parser(), body).getAccountsList(),
          list ->
              list.getBlockedList().stream()
                  .map(AccountId::of)
                  .collect(Collectors.toUnmodifiableSet()),
          Set.of());

  private final HttpClient http;
  private final PeopleSettings settings;
  private final URI url;
  private final AtomicBoolean hasToldOfAbsence = new AtomicBoolean();

  HttpPeople(PeopleSettings settings) {
    this.settings = settings;
    this.url = URI.create(settings.url());
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  /**
   * One of what is asked.
   *
   * @param limit of ids in one request
   * @param encode the ids
   * @param answers out of a body, which it refuses by throwing
   * @param decode an answer, which it refuses by throwing
   * @param none what is known if the path is not
   */
  private record Question<A, T>(
      String path,
      int limit,
      Function<List<ByteString>, MessageLite> encode,
      Function<byte[], List<A>> answers,
      Function<A, T> decode,
      T none) {}

  /** As {@link Groups#load}. */
  CompletionStage<Map<AccountId, Membership>> groups(Collection<AccountId> ids) {
    return load(groups, ids);
  }

  /** As {@link BlockLists#load}. */
  CompletionStage<Map<AccountId, Set<AccountId>>> blockLists(Collection<AccountId> accounts) {
    return load(blockLists, accounts);
  }

  private <A, T> CompletionStage<Map<AccountId, T>> load(
      Question<A, T> question, Collection<AccountId> ids) {
    List<AccountId> all = List.copyOf(ids);
    CompletableFuture<Map<AccountId, T>> loaded =
        CompletableFuture.completedFuture(new HashMap<>());
    for (int from = 0; from < all.size(); from += question.limit()) {
      List<AccountId> some = all.subList(from, Math.min(all.size(), from + question.limit()));
      loaded = loaded.thenCompose(known -> ask(question, some, known));
    }
    return loaded.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(new PeopleAwayException(cause(failure))));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private <A, T> CompletableFuture<Map<AccountId, T>> ask(
      Question<A, T> question, List<AccountId> ids, Map<AccountId, T> known) {
    MessageLite asked = question.encode().apply(ids.stream().map(AccountId::bytes).toList());
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(question.path()))
            .timeout(settings.timeout())
            .header("Authorization", "Internal " + settings.secret())
            .header("Content-Type", PROTOBUF)
            .header("Accept", PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(asked.toByteArray()))
            .build();
    return http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES))
        .thenApply(response -> {
          add(question, ids, response, known);
          return known;
        });
  }

  private <A, T> void add(
      Question<A, T> question,
      List<AccountId> ids,
      HttpResponse<byte[]> response,
      Map<AccountId, T> known) {
    switch (response.statusCode()) {
      case 200 -> {
        List<A> answers = question.answers().apply(response.body());
        if (answers.size() != ids.size()) {
          throw new IllegalStateException(
              "user-service answered " + answers.size() + " for " + ids.size());
        }
        for (int i = 0; i < ids.size(); i++) {
          known.put(ids.get(i), question.decode().apply(answers.get(i)));
        }
      }
      case 404 -> {
        if (!hasToldOfAbsence.getAndSet(true)) {
          LOG.warn("event=user_service_knows_no_people path={}", question.path());
        }
        ids.forEach(id -> known.put(id, question.none()));
      }
      default -> throw new IllegalStateException("user-service answered " + response.statusCode());
    }
  }

  private static <M> M parsed(Parser<M> parser, byte[] body) {
    try {
      return parser.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("user-service answered what is no answer", e);
    }
  }

  /** What was asked fails. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
