package io.bluetick.platform.kafka;

import io.bluetick.protocol.TopicSpec;
import java.util.List;

/** The topics that a service reads or writes. Each service declares one such bean. */
public record TopicsInUse(List<TopicSpec> topics) {

  public TopicsInUse {
    topics = List.copyOf(topics);
  }

  public static TopicsInUse of(TopicSpec... topics) {
    return new TopicsInUse(List.of(topics));
  }
}
