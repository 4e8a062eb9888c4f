package io.bluetick.session.linking;

import static io.bluetick.testkit.service.ApiCaller.json;
import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class LinkingTest {
  private static final ByteString MESSAGE = OwnedAccount.randomBytes(4096);

  @Autowired private Accounts accounts;
  @Autowired private Devices devices;
  @Autowired private Waiters waiters;
  @Autowired private StringRedisTemplate redis;
  @Autowired private JdbcClient sql;
  @Autowired private JsonMapper mapper;

  @Value("${local.server.port}")
  private int port;

  private final Companion companion = new Companion();
  private OwnedAccount account;
  private ApiCaller primary;
  private ApiCaller nobody;

  /** An offer that stands, as its companion knows it. */
  record Place(String address, String secret) {
    String path() {
      return "/v1/linking/addresses/" + address;
    }
  }

  @BeforeEach
  void register() {
    account = OwnedAccount.register(accounts);
    primary = new ApiCaller(port, account.token());
    nobody = new ApiCaller(port);
  }

  @Test
  void a_companion_is_linked() throws Exception {
    Place place = offer(companion);
    HttpResponse<String> shown = primary.get(place.path() + "/offer");
    assertThat(mapper.readValue(shown.body(), OfferJson.class)).isEqualTo(companion.offer());

    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> waiting = thread.submit(() -> collect(place, 25));
      await().until(() -> waiters.count() > 0);
      long begun = System.nanoTime();
      HttpResponse<String> linked = link(place, 1, companion);
      assertThat(linked.statusCode()).as(linked.body()).isEqualTo(201);
      assertThat(json(linked).toString())
          .isEqualTo("{\"number\":1,\"registration\":2,\"listVersion\":2}");

      JsonNode collected = json(waiting.get());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      assertThat(collected.at("/account").asString()).isEqualTo(account.id().toString());
      assertThat(collected.at("/device").asInt()).isEqualTo(1);
      assertThat(collected.at("/registration").asInt()).isEqualTo(2);
      assertThat(collected.at("/listVersion").asInt()).isEqualTo(2);
      assertThat(collected.at("/message").asString()).isEqualTo(base64(MESSAGE));
      assertThat(collected.at("/refreshToken").asString()).startsWith("btr_");
    }
    AccountView view = accounts.find(account.id()).orElseThrow();
    assertThat(view.devices()).hasSize(2);
    assertThat(view.devices().getLast().label().name()).isEqualTo("laptop");
    assertThat(keysStored()).isEqualTo(2);
  }

  @Test
  void who_asks_again_gets_another_token_and_the_primary_the_same_answer() throws Exception {
    Place place = offer(companion);
    HttpResponse<String> first = link(place, 1, companion);
    String lost = json(collect(place, 0)).at("/refreshToken").asString();
    String token = json(collect(place, 0)).at("/refreshToken").asString();
    assertProblem(refresh(lost), 401, "unauthenticated");
    assertThat(refresh(token).statusCode()).isEqualTo(200);

    HttpResponse<String> again = link(place, 1, companion);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(json(again)).isEqualTo(json(first));
    assertProblem(link(place, 2, companion), 409, "conflict");
    assertThat(accounts.find(account.id()).orElseThrow().devices()).hasSize(2);
  }

  @Test
  void without_an_answer_there_is_nothing_to_collect() throws Exception {
    Place place = offer(companion);
    assertThat(collect(place, 0).statusCode()).isEqualTo(204);
    assertThat(collect(place, 1).statusCode()).isEqualTo(204);
    assertThat(waiters.count()).isZero();
  }

  @Test
  void a_notice_that_gets_lost_costs_a_moment() throws Exception {
    Place place = offer(companion);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> waiting = thread.submit(() -> collect(place, 25));
      await().until(() -> waiters.count() > 0);
      String key = "{linking}:offer:" + OfferAddress.parse(place.address()).name();
      Answer answer = new Answer(account.id(), 0, 1, 1, MESSAGE);
      redis.opsForHash().put(key, "answer", mapper.writeValueAsString(answer));
      await().atMost(Duration.ofSeconds(5)).until(waiting::isDone);
      assertThat(waiting.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_offer_that_has_expired_or_never_was_is_gone() throws Exception {
    Place place = offer(companion);
    redis.delete("{linking}:offer:" + OfferAddress.parse(place.address()).name());
    assertProblem(collect(place, 25), 410, "expired");
    assertProblem(primary.get(place.path() + "/offer"), 410, "expired");
    assertProblem(link(place, 1, companion), 410, "expired");
    assertProblem(primary.get("/v1/linking/addresses/short/offer"), 422, "invalid");
  }

  @Test
  void the_secret_opens_an_offer_and_nothing_else_does() throws Exception {
    Place place = offer(companion);
    Place other = offer(new Companion());
    assertProblem(collect(new Place(place.address(), other.secret()), 0), 403, "forbidden");
    assertProblem(collect(new Place(place.address(), "?"), 0), 403, "forbidden");
    assertProblem(nobody.get(place.path()), 400, "bad-request");
    assertProblem(collect(place, 26), 422, "invalid");
  }

  @Test
  void only_a_primary_looks_at_offers_and_links() throws Exception {
    Place place = offer(companion);
    link(place, 1, companion);
    String token = TestTokens.device(account.id().toString(), 1, 2);
    Place next = offer(new Companion());
    ApiCaller linked = nobody.as(token);
    assertProblem(linked.get(next.path() + "/offer"), 403, "forbidden");
    assertProblem(linked.post("/v1/devices", request(next, 2, companion)), 403, "forbidden");
    assertProblem(nobody.get(next.path() + "/offer"), 401, "unauthenticated");
    assertProblem(nobody.post("/v1/devices", request(next, 2, companion)), 401, "unauthenticated");
    ApiCaller admin = nobody.as(TestTokens.role("admin"));
    assertProblem(admin.get(next.path() + "/offer"), 403, "forbidden");
  }

  @Test
  void a_refused_list_leaves_the_offer_to_the_next_try_and_to_others() throws Exception {
    Place place = offer(companion);
    Companion swapped = new Companion();
    assertProblem(link(place, 1, swapped), 409, "stale-list");
    SignedDeviceList list = account.signWith(2, 1, companion.device());
    ByteString forged = OwnedAccount.randomBytes(64);
    SignedDeviceList unsigned = list.toBuilder().setSignature(forged).build();
    assertProblem(link(place, 1, unsigned), 422, "bad-signature");
    assertProblem(link(place, 1, account.signWith(3, 1, companion.device())), 409, "stale-list");
    assertThat(accounts.find(account.id()).orElseThrow().devices()).hasSize(1);

    OwnedAccount other = OwnedAccount.register(accounts);
    Map<String, Object> body = request(place, 1, other.signWith(2, 1, companion.device()));
    assertThat(nobody.as(other.token()).post("/v1/devices", body).statusCode()).isEqualTo(201);
    assertProblem(link(place, 1, companion), 409, "conflict");
  }

  @Test
  void an_account_has_five_devices() throws Exception {
    for (int number = 1; number < Devices.LIMIT; number++) {
      Companion each = new Companion();
      SignedDeviceList list = account.signWith(number + 1, number, each.device());
      assertThat(link(offer(each), number, list).statusCode()).isEqualTo(201);
      account.add(number, each.device());
    }
    SignedDeviceList list = account.signWith(6, 5, companion.device());
    assertProblem(link(offer(companion), 5, list), 422, "too-many");
  }

  @Test
  void of_two_accounts_at_once_one_links_the_device() throws Exception {
    Place place = offer(companion);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      OwnedAccount each = OwnedAccount.register(accounts);
      Map<String, Object> body = request(place, 1, each.signWith(2, 1, companion.device()));
      ApiCaller caller = nobody.as(each.token());
      calls.add(() -> caller.post("/v1/devices", body).statusCode());
      calls.add(() -> caller.post("/v1/devices", body).statusCode());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> said = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
      assertThat(said).filteredOn(status -> status == 409).hasSize(6);
      assertThat(said).filteredOn(status -> status == 201).hasSizeBetween(1, 2);
      assertThat(said).isSubsetOf(201, 409, 503);
    }
    assertThat(linkedWith(companion)).isEqualTo(1);
  }

  @Test
  void a_primary_that_does_not_know_whether_it_linked_tries_again() throws Exception {
    Place place = offer(companion);
    OfferAddress address = OfferAddress.parse(place.address());
    SignedDeviceList list = account.signWith(2, 1, companion.device());
    devices.link(account.id(), 1, companion.device(), list); // And then the process died.
    assertThat(link(place, 1, companion).statusCode()).isEqualTo(201);
    assertThat(json(collect(place, 0)).at("/registration").asInt()).isEqualTo(2);
    assertThat(redis.opsForHash().get("{linking}:offer:" + address.name(), "state"))
        .isEqualTo("linked");
  }

  @Test
  void a_device_that_is_unlinked_before_it_knows_has_nothing_to_collect() throws Exception {
    Place place = offer(companion);
    link(place, 1, companion);
    devices.unlink(account.id(), 1);
    assertProblem(collect(place, 0), 410, "expired");
  }

  @Test
  void keys_that_are_not_signed_are_not_offered() throws Exception {
    assertProblem(
        nobody.post("/v1/linking/addresses", text(companion.offerSignedBy(new Companion()))),
        422,
        "bad-signature");
    ObjectNode offer = (ObjectNode) mapper.readTree(text(companion.offer()));
    offer.put("identityKey", base64(ByteString.copyFrom(new byte[33])));
    assertProblem(nobody.post("/v1/linking/addresses", offer), 422, "invalid");
    offer = (ObjectNode) mapper.readTree(text(companion.offer()));
    offer.put("confirmation", base64(OwnedAccount.randomBytes(65)));
    assertProblem(nobody.post("/v1/linking/addresses", offer), 422, "invalid");
    offer.remove("confirmation");
    assertThat(nobody.post("/v1/linking/addresses", offer).statusCode()).isEqualTo(201);
  }

  private Place offer(Companion device) throws Exception {
    HttpResponse<String> answer = nobody.post("/v1/linking/addresses", text(device.offer()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new Place(json(answer).at("/address").asString(), json(answer).at("/secret").asString());
  }

  private HttpResponse<String> collect(Place place, int waitS) throws Exception {
    return nobody.with("X-Linking-Secret", place.secret()).get(place.path() + "?waitS=" + waitS);
  }

  private HttpResponse<String> refresh(String token) throws Exception {
    return nobody.post("/v1/tokens/refresh", Map.of("refreshToken", token));
  }

  private HttpResponse<String> link(Place place, int number, Companion device) throws Exception {
    return link(place, number, account.signWith(2, number, device.device()));
  }

  private HttpResponse<String> link(Place place, int number, SignedDeviceList list)
      throws Exception {
    return primary.post("/v1/devices", request(place, number, list));
  }

  private Map<String, Object> request(Place place, int number, Companion device) {
    return request(place, number, account.signWith(2, number, device.device()));
  }

  private static Map<String, Object> request(Place place, int number, SignedDeviceList list) {
    return Map.of(
        "address",
        place.address(),
        "number",
        number,
        "signedList",
        Map.of("list", base64(list.getList()), "signature", base64(list.getSignature())),
        "message",
        base64(MESSAGE));
  }

  private int keysStored() {
    return sql.sql("SELECT count(*) FROM signed_pre_key WHERE account = ?::uuid AND device = 1")
        .param(account.id().toString())
        .query(Integer.class)
        .single();
  }

  private int linkedWith(Companion device) {
    ListedDevice listed = OwnedAccount.listed(1, device.device());
    return sql.sql("SELECT count(*) FROM device WHERE noise_key = ?")
        .param(listed.getNoiseKey().toByteArray())
        .query(Integer.class)
        .single();
  }

  private String text(OfferJson offer) {
    return mapper.writeValueAsString(offer);
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
