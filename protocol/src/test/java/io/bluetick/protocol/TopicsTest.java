package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.TopicSpec.Scale;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

  /** Deployments hold data under these names: renaming a topic abandons what is in it. */
  @Test
  void topics_are_as_deployments_know_them() {
    assertThat(Topics.shared())
        .containsExactly(
            topic("mailbox", Scale.BY_ACCOUNT, "PT1H", "PT10M"),
            topic("mailbox.dead", Scale.SINGLE, "P30D", "P1D"),
            topic("presence", Scale.BY_ACCOUNT, "PT10M", "PT2M"),
            topic("push", Scale.BY_ACCOUNT, "PT1H", "PT10M"),
            topic("accounts", Scale.BY_ACCOUNT, "P7D", "P1D"));
  }

  @Test
  void each_gateway_node_has_its_own_outbound_topic() {
    assertThat(Topics.outbound("g1")).isEqualTo(topic("outbound.g1", Scale.SINGLE, "PT5M", "PT1M"));
    assertThat(Topics.outbound("g2").name()).isEqualTo("outbound.g2");
  }

  @Test
  void node_name_that_kafka_would_refuse_is_refused() {
    assertThatThrownBy(() -> Topics.outbound("g 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outbound.g 1");
  }

  @Test
  void no_two_topics_share_a_name() {
    assertThat(Topics.shared()).extracting(TopicSpec::name).doesNotHaveDuplicates();
  }

  private static TopicSpec topic(String name, Scale scale, String retention, String segment) {
    return new TopicSpec(name, scale, Duration.parse(retention), Duration.parse(segment));
  }
}
