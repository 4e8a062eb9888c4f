package io.bluetick.platform.kafka;

import io.bluetick.platform.provision.Provision;
import io.bluetick.protocol.TopicSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics in use and brings the settings of existing ones in line. Safe to run by many
 * processes at once and again.
 *
 * <p>The number of partitions is never changed: a key would move to another partition, and the
 * order of what concerns one account would be lost. A topic that differs keeps the service from
 * being ready until somebody decides.
 */
final class TopicProvisioner implements Provision.Work {
  private final Admin admin;
  private final TopicPlan plan;
  private final List<TopicSpec> topics;

  TopicProvisioner(Admin admin, TopicPlan plan, TopicsInUse inUse) {
    this.admin = admin;
    this.plan = plan;
    this.topics = inUse.topics();
  }

  @Override
  public void run() throws Exception {
    Map<TopicSpec, Integer> partitions = partitions();
    List<TopicSpec> existing = new ArrayList<>();
    List<TopicSpec> missing = new ArrayList<>();
    partitions.forEach((spec, count) -> (count == 0 ? missing : existing).add(spec));
    create(missing);
    align(existing);
    checkPartitions();
  }

  /** How many each topic has; zero when there is no such topic. */
  private Map<TopicSpec, Integer> partitions() throws Exception {
    var described =
        admin.describeTopics(topics.stream().map(plan::name).toList()).topicNameValues();
    Map<TopicSpec, Integer> partitions = new LinkedHashMap<>();
    for (TopicSpec spec : topics) {
      KafkaFuture<TopicDescription> topic = described.get(plan.name(spec));
      partitions.put(spec, topic == null ? 0 : count(topic));
    }
    return partitions;
  }

  private static int count(KafkaFuture<TopicDescription> topic) throws Exception {
    try {
      return topic.get().partitions().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  private void create(Collection<TopicSpec> missing) throws Exception {
    var created = admin.createTopics(missing.stream().map(plan::topic).toList()).values();
    for (KafkaFuture<Void> topic : created.values()) {
      try {
        topic.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e; // Somebody else who starts now may have been first; anything else is a fault.
        }
      }
    }
  }

  /** Only what differs is written, so that a start of many pods costs the controller nothing. */
  private void align(Collection<TopicSpec> existing) throws Exception {
    Map<ConfigResource, TopicSpec> resources = new HashMap<>();
    existing.forEach(spec -> resources.put(resource(spec), spec));
    Map<ConfigResource, Config> now = admin.describeConfigs(resources.keySet()).all().get();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    resources.forEach((resource, spec) -> {
      List<AlterConfigOp> differing = new ArrayList<>();
      Config current = now.get(resource);
      plan.configs(spec)
          .forEach((key, value) -> {
            ConfigEntry entry = current == null ? null : current.get(key);
            if (entry == null || !value.equals(entry.value())) {
              differing.add(
                  new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
            }
          });
      if (!differing.isEmpty()) {
        changes.put(resource, differing);
      }
    });
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  /** Asked anew, because who lost the race for creating a topic has not seen it yet. */
  private void checkPartitions() throws Exception {
    partitions()
        .forEach((spec, count) -> {
          int wanted = plan.partitions(spec);
          if (count != wanted) {
            throw new IllegalStateException(
                "topic %s has %d partitions, and %d are configured; they are never changed"
                    .formatted(plan.name(spec), count, wanted));
          }
        });
  }

  private ConfigResource resource(TopicSpec spec) {
    return new ConfigResource(ConfigResource.Type.TOPIC, plan.name(spec));
  }
}
