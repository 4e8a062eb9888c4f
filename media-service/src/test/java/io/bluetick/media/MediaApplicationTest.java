package io.bluetick.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import software.amazon.awssdk.services.s3.S3Client;

@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
class MediaApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("s3");
  }

  @Test
  void its_bucket_is_made(@Autowired S3Client s3, @Value("${bluetick.s3.bucket}") String bucket) {
    await()
        .atMost(READY_LIMIT)
        .untilAsserted(() ->
            assertThat(s3.listBuckets().buckets()).anyMatch(one -> one.name().equals(bucket)));
  }
}
