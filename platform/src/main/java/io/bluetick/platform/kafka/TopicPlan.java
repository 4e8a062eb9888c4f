package io.bluetick.platform.kafka;

import io.bluetick.protocol.TopicSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** What the topics of a service must be in this deployment. Decides, does nothing. */
public final class TopicPlan {
  /** Roll before a quiet topic's file grows large: the smallest that a broker handles with ease. */
  private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

  private final KafkaSettings settings;

  public TopicPlan(KafkaSettings settings) {
    this.settings = settings;
  }

  /** The name that a topic has on the broker. */
  public String name(TopicSpec spec) {
    return settings.topicPrefix() + spec.name();
  }

  public int partitions(TopicSpec spec) {
    return switch (spec.scale()) {
      case BY_ACCOUNT -> settings.partitions();
      case SINGLE -> 1;
    };
  }

  Map<String, String> configs(TopicSpec spec) {
    Map<String, String> configs = new LinkedHashMap<>();
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(spec.retention().toMillis()));
    configs.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(spec.segment().toMillis()));
    configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
    return configs;
  }

  NewTopic topic(TopicSpec spec) {
    return new NewTopic(name(spec), partitions(spec), settings.replication())
        .configs(configs(spec));
  }
}
