package io.bluetick.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {
  private static final String ID = "20261122-0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  @Test
  void a_failure_is_logged_without_the_ids_in_its_path_which_the_caller_is_told(
      CapturedOutput logs) {
    Problems problems = new Problems(JsonMapper.shared(), new SimpleMeterRegistry());
    String path = "/v1/media/blobs/" + ID + "/no-such-thing";
    Problem told = problems.report(Refusal.of(ErrorCode.UNAVAILABLE), null, path, null);
    assertThat(told.instance()).isEqualTo(path);
    assertThat(logs.getAll()).contains("/v1/media/blobs/{id}/no-such-thing").doesNotContain(ID);
  }
}
