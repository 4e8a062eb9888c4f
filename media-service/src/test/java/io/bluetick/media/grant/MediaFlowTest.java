package io.bluetick.media.grant;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.media.TestDevice;
import io.bluetick.media.TestDevice.Grant;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Files between devices, over a real S3. */
@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
@TestPropertySource(properties = "bluetick.limits.largest-blob=10MB")
class MediaFlowTest {
  private static final int SIZE = 100_000;
  private static final String NOBODYS = "-00000000000000000000000000000000";

  private final int port;
  private final Clock clock;
  private final TestDevice anna;
  private final byte[] content = TestDevice.bytes(SIZE);

  MediaFlowTest(@Value("${local.server.port}") int port, @Autowired Clock clock) {
    this.port = port;
    this.clock = clock;
    this.anna = TestDevice.fresh(port);
  }

  @Test
  void what_one_device_uploads_another_one_downloads() throws Exception {
    String blob = anna.upload(content);
    assertThat(TestDevice.fresh(port).download(blob)).isEqualTo(content);
  }

  @Test
  void a_grant_says_its_day_and_what_to_send_and_nothing_of_the_account() throws Exception {
    HttpResponse<String> answer = anna.ask(content);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(caching -> assertThat(caching).contains("no-store"));
    JsonNode grant = ApiCaller.json(answer);
    String today = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(clock));
    assertThat(grant.path("blob").asString()).matches(today + "-[0-9a-f]{32}");
    assertThat(grant.path("url").asString())
        .contains(grant.path("blob").asString().replace('-', '/'));
    assertThat(grant.path("headers").propertyNames())
        .containsExactly("x-amz-checksum-sha256", "x-amz-meta-owner");
    assertThat(grant.path("validForS").asLong()).isEqualTo(900);
    assertThat(answer.body()).doesNotContain(anna.account().toString());
  }

  @Test
  void other_bytes_are_refused_by_the_store_and_leave_nothing() throws Exception {
    Grant grant = anna.granted(content);
    HttpResponse<String> refused = TestDevice.put(grant, TestDevice.bytes(SIZE));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("BadDigest");
    assertProblem(anna.find(grant.blob()), 404, "not-found");
    assertThat(TestDevice.put(grant, content).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {SIZE - 1, SIZE + 1, 0})
  void another_length_is_refused_by_the_store(int length) throws Exception {
    Grant grant = anna.granted(content);
    HttpResponse<String> refused = TestDevice.put(grant, TestDevice.bytes(length));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("SignatureDoesNotMatch");
    assertProblem(anna.find(grant.blob()), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-checksum-sha256", "x-amz-meta-owner"})
  void a_header_that_is_left_out_or_changed_is_refused_by_the_store(String header)
      throws Exception {
    Grant grant = anna.granted(content);
    Map<String, String> others = new TreeMap<>(grant.headers());
    String value = String.valueOf(others.remove(header));
    assertThat(TestDevice.put(new Grant(grant.blob(), grant.url(), others), content).statusCode())
        .isEqualTo(403);
    others.put(header, (value.startsWith("A") ? "B" : "A") + value.substring(1));
    assertThat(TestDevice.put(new Grant(grant.blob(), grant.url(), others), content).statusCode())
        .isEqualTo(403);
    assertProblem(anna.find(grant.blob()), 404, "not-found");
  }

  @Test
  void an_upload_whose_answer_was_lost_may_be_repeated() throws Exception {
    Grant grant = anna.granted(content);
    assertThat(TestDevice.put(grant, content).statusCode()).isEqualTo(200);
    assertThat(TestDevice.put(grant, content).statusCode()).isEqualTo(200);
    assertThat(anna.download(grant.blob())).isEqualTo(content);
  }

  @Test
  void a_url_for_one_blob_opens_no_other() throws Exception {
    String mine = anna.upload(content);
    String other = anna.upload(TestDevice.bytes(SIZE));
    String url = ApiCaller.json(anna.find(mine)).path("url").asString();
    String forged = url.replace(mine.replace('-', '/'), other.replace('-', '/'));
    assertThat(forged).isNotEqualTo(url);
    assertThat(TestDevice.get(forged).statusCode()).isEqualTo(403);
    assertThat(TestDevice.get(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);
  }

  @Test
  void two_blobs_of_one_account_show_nothing_in_common() throws Exception {
    assertThat(anna.granted(content).headers().get("x-amz-meta-owner"))
        .hasSize(64)
        .isNotEqualTo(anna.granted(content).headers().get("x-amz-meta-owner"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "20000101", "20260231", "99991231"})
  void what_was_never_uploaded_is_not_found(String day) throws Exception {
    String digits =
        day.equals("today") ? DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(clock)) : day;
    assertProblem(anna.find(digits + NOBODYS), 404, "not-found");
    assertThat(anna.delete(digits + NOBODYS).statusCode()).isEqualTo(204);
  }

  @Test
  void any_device_of_the_account_deletes_and_may_do_so_twice() throws Exception {
    String blob = anna.upload(content);
    assertThat(anna.companion().delete(blob).statusCode()).isEqualTo(204);
    assertProblem(anna.find(blob), 404, "not-found");
    assertThat(anna.delete(blob).statusCode()).isEqualTo(204);
  }

  @Test
  void nobody_deletes_what_another_account_uploaded() throws Exception {
    String blob = anna.upload(content);
    assertProblem(TestDevice.fresh(port).delete(blob), 403, "forbidden");
    assertThat(anna.download(blob)).isEqualTo(content);
  }

  @Test
  void what_is_larger_than_anybody_may_upload_is_refused() throws Exception {
    byte[] sha256 = TestDevice.bytes(32);
    assertProblem(anna.ask(10 * 1024 * 1024 + 1, sha256), 413, "payload-too-large");
    assertProblem(anna.ask(Long.MAX_VALUE, sha256), 413, "payload-too-large");
    assertThat(anna.ask(10 * 1024 * 1024, sha256).statusCode()).isEqualTo(201);
    assertThat(anna.ask(1, sha256).statusCode()).isEqualTo(201);
  }

  @Test
  void what_has_a_wrong_form_is_invalid() throws Exception {
    assertProblem(anna.ask(0, TestDevice.bytes(32)), 422, "invalid");
    assertProblem(anna.ask(-1, TestDevice.bytes(32)), 422, "invalid");
    assertProblem(anna.ask(1, TestDevice.bytes(31)), 422, "invalid");
    assertProblem(anna.ask(1, TestDevice.bytes(33)), 422, "invalid");
    assertProblem(anna.find("20261122/" + NOBODYS.substring(1)), 422, "invalid");
    assertProblem(anna.find(""), 422, "invalid");
    assertProblem(anna.delete("20261122" + NOBODYS.substring(1)), 422, "invalid");
  }

  @Test
  void who_is_no_device_gets_nothing() throws Exception {
    ApiCaller nobody = new ApiCaller(port);
    ApiCaller operator = nobody.as(TestTokens.role("admin"));
    String blob = anna.upload(content);
    Map<String, String> wanted = Map.of("blob", blob);
    assertProblem(nobody.post("/v1/media/downloads", wanted), 401, "unauthenticated");
    assertProblem(nobody.delete("/v1/media/blobs/" + blob), 401, "unauthenticated");
    assertProblem(operator.post("/v1/media/downloads", wanted), 403, "forbidden");
    assertProblem(operator.delete("/v1/media/blobs/" + blob), 403, "forbidden");
    assertThat(anna.download(blob)).isEqualTo(content);
  }
}
