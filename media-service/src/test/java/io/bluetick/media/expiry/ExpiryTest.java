package io.bluetick.media.expiry;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.media.TestDevice;
import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.bucket.RetentionSettings;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Old blobs go, over a real S3 and a real Redis. */
@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
class ExpiryTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocalDate LAST_GONE = LocalDate.of(2026, 10, 22);
  private static final LocalDate FIRST_KEPT = LAST_GONE.plusDays(1);
  private static final LocalDate LONG_AGO = LocalDate.of(2020, 2, 29);

  private static final int PAGE = 3;

  private final Blobs blobs;
  private final S3Client s3;
  private final StringRedisTemplate redis;
  private final String bucket;
  private final int port;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  ExpiryTest(
      @Autowired Blobs blobs,
      @Autowired S3Client s3,
      @Autowired StringRedisTemplate redis,
      @Value("${bluetick.s3.bucket}") String bucket,
      @Value("${local.server.port}") int port) {
    this.blobs = blobs;
    this.s3 = s3;
    this.redis = redis;
    this.bucket = bucket;
    this.port = port;
  }

  @BeforeEach
  void noneOfOtherTests() {
    s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .forEach(key -> s3.deleteObject(one -> one.bucket(bucket).key(key)));
    redis.delete(Lease.KEY);
  }

  @Test
  void what_is_older_than_thirty_days_goes_and_all_else_stays() {
    put(LAST_GONE, 2);
    put(LONG_AGO, 1);
    put(FIRST_KEPT, 2);
    put(LocalDate.of(2026, 11, 22), 1);
    putKey("notes/of-somebody-else");
    putKey("00000000/of-somebody-else");
    expiry(redis, NOON, 100).run();
    assertThat(count(LAST_GONE) + count(LONG_AGO)).isZero();
    assertThat(count(FIRST_KEPT)).isEqualTo(2);
    assertThat(count(LocalDate.of(2026, 11, 22))).isEqualTo(1);
    assertThat(countBelow("notes/") + countBelow("00000000/")).isEqualTo(2);
    assertThat(meters.counter("bluetick.media.expired").count()).isEqualTo(3);
    assertThat(redis.hasKey(Lease.KEY)).isFalse();
  }

  @Test
  void a_run_deletes_no_more_than_its_batch_the_oldest_first() {
    put(LAST_GONE, 2);
    put(LONG_AGO, 3);
    Expiry expiry = expiry(redis, NOON, 4);
    expiry.run();
    assertThat(count(LONG_AGO)).isZero();
    assertThat(count(LAST_GONE)).isEqualTo(1);
    expiry.run();
    assertThat(count(LAST_GONE)).isZero();
  }

  @Test
  void a_day_of_more_than_one_page_goes_too() {
    put(LAST_GONE, 3 * PAGE + 1);
    expiry(redis, NOON, 100).run();
    assertThat(count(LAST_GONE)).isZero();
    assertThat(meters.counter("bluetick.media.expired").count()).isEqualTo(3 * PAGE + 1);
  }

  @Test
  void while_another_process_is_at_it_nothing_is_done_and_its_lease_stays() {
    put(LAST_GONE, 1);
    redis.opsForValue().set(Lease.KEY, "another", Duration.ofMinutes(5));
    expiry(redis, NOON, 100).run();
    assertThat(count(LAST_GONE)).isEqualTo(1);
    assertThat(redis.opsForValue().get(Lease.KEY)).isEqualTo("another");
  }

  @Test
  void a_lease_ends_by_itself_and_is_released_by_its_holder_alone() {
    Lease first = new Lease(redis, Duration.ofMinutes(5));
    assertThat(first.take()).isTrue();
    assertThat(redis.getExpire(Lease.KEY)).isBetween(290L, 300L);
    Lease second = new Lease(redis, Duration.ofMinutes(5));
    assertThat(second.take()).isFalse();
    second.release();
    assertThat(redis.hasKey(Lease.KEY)).isTrue();
    first.release();
    assertThat(second.take()).isTrue();
  }

  @Test
  void without_redis_nothing_is_deleted_and_nothing_breaks() {
    put(LAST_GONE, 1);
    LettuceConnectionFactory nobody = new LettuceConnectionFactory("127.0.0.1", 1);
    nobody.afterPropertiesSet();
    nobody.start();
    try {
      expiry(new StringRedisTemplate(nobody), NOON, 100).run();
    } finally {
      nobody.destroy();
    }
    assertThat(count(LAST_GONE)).isEqualTo(1);
  }

  @Test
  void what_expired_is_not_found_and_can_be_deleted_for_what_that_is_worth() throws Exception {
    TestDevice anna = TestDevice.fresh(port);
    byte[] content = TestDevice.bytes(1_000);
    String blob = anna.upload(content);
    Instant now = Clock.systemUTC().instant();
    expiry(redis, now.plus(Duration.ofDays(30)), 100).run();
    assertThat(anna.download(blob)).isEqualTo(content);
    expiry(redis, now.plus(Duration.ofDays(31)), 100).run();
    assertProblem(anna.find(blob), 404, "not-found");
    assertThat(anna.delete(blob).statusCode()).isEqualTo(204);
  }

  @Test
  void what_is_too_old_is_not_found_before_anybody_has_deleted_it() throws Exception {
    String random = put(LONG_AGO, 1);
    assertProblem(TestDevice.fresh(port).find("20200229-" + random), 404, "not-found");
    assertThat(count(LONG_AGO)).isEqualTo(1);
  }

  private Expiry expiry(StringRedisTemplate locks, Instant now, int batch) {
    ExpirySettings settings =
        new ExpirySettings(Duration.ofMinutes(10), batch, PAGE, Duration.ofMinutes(5));
    return new Expiry(
        blobs,
        new RetentionSettings(30),
        settings,
        new Lease(locks, settings.lease()),
        Clock.fixed(now, ZoneOffset.UTC),
        meters);
  }

  /** Answers the random part of the last one's id. */
  private String put(LocalDate day, int count) {
    String random = "";
    for (int i = 0; i < count; i++) {
      random = UUID.randomUUID().toString().replace("-", "");
      putKey(digits(day) + "/" + random);
    }
    return random;
  }

  private void putKey(String key) {
    s3.putObject(one -> one.bucket(bucket).key(key), RequestBody.fromString("old"));
  }

  private int count(LocalDate day) {
    return countBelow(digits(day) + "/");
  }

  private int countBelow(String prefix) {
    return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().size();
  }

  private static String digits(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }
}
