package io.bluetick.message.owner;

import io.bluetick.directory.DeviceLists;
import io.bluetick.directory.Directory;
import io.bluetick.directory.DirectoryLimits;
import io.bluetick.directory.DirectoryLink;
import io.bluetick.directory.HttpDeviceLists;
import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.people.BlockLists;
import io.bluetick.message.people.Groups;
import io.bluetick.message.quarantine.Quarantine;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.PackedTopic;
import io.bluetick.platform.kafka.PackedTopics;
import io.bluetick.platform.kafka.PackingSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.platform.provision.Provision;
import io.bluetick.protocol.Topics;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The mailboxes at work, and the ways that lead from them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  OwnerSettings.class,
  HandoffSettings.class,
  LookupSettings.class,
  PackingSettings.class
})
class OwnerConfiguration {

  @Bean
  OwnerMetrics ownerMetrics(MeterRegistry meters) {
    return new OwnerMetrics(meters);
  }

  @Bean
  PackedTopics packedTopics(
      TopicPlan plan,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    return new PackedTopics(plan, producers, settings, meters);
  }

  @Bean
  PackedTopic log(PackedTopics topics) {
    return topics.open(Topics.MAILBOX);
  }

  @Bean
  PackedTopic push(PackedTopics topics) {
    return topics.open(Topics.PUSH);
  }

  @Bean
  Handoffs handoffs(
      TopicPlan plan,
      ProducerFactory<byte[], byte[]> producers,
      HandoffSettings settings,
      OwnerMetrics metrics) {
    Map<String, Object> own =
        Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            (int) settings.maxBlock().toMillis(),
            ProducerConfig.CLIENT_ID_CONFIG,
            "handoffs");
    ProducerFactory<byte[], byte[]> impatient = producers.copyWithConfigurationOverride(own);
    return new Handoffs(
        node -> plan.name(Topics.outbound(node)),
        impatient::createNonTransactionalProducer,
        impatient::reset,
        settings,
        metrics::dropped);
  }

  @Bean
  DirectoryLink directoryLink(ClientResources resources, LookupSettings settings) {
    return new DirectoryLink(
        resources, RedisURI.create(settings.redis()), DirectoryLimits.DEFAULTS);
  }

  @Bean
  Lookups lookups(
      DirectoryLink link,
      LookupSettings settings,
      BlockLists blockLists,
      Groups groups,
      OwnerMetrics metrics) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    DeviceLists lists =
        new HttpDeviceLists(http, settings.sessions(), settings.secret(), settings.timeout());
    return new Lookups(
        new Directory(link, lists, DirectoryLimits.DEFAULTS), blockLists, groups, metrics);
  }

  @Bean
  Outlets outlets(
      PackedTopic log, PackedTopic push, Handoffs handoffs, Inbox inbox, Quarantine quarantine) {
    return new Outlets(log, push, handoffs, inbox, quarantine);
  }

  @Bean
  Workplace workplace(
      TopicPlan plan,
      KafkaSettings kafka,
      Outlets outlets,
      Lookups lookups,
      OwnerSettings settings,
      OwnerMetrics metrics,
      Clock clock) {
    return new Workplace(
        plan.name(Topics.MAILBOX), kafka.partitions(), outlets, lookups, settings, metrics, clock);
  }

  @Bean
  Owners mailboxes(
      Workplace work,
      KafkaSettings kafka,
      ConsumerFactory<byte[], byte[]> consumers,
      Provision topicProvision) {
    Owners owners =
        new Owners(
            number ->
                new Owner(
                    work,
                    () -> {
                      String instance = work.settings().node() + "-" + number;
                      Properties own = new Properties();
                      own.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
                      return consumers.createConsumer(
                          MailboxGroup.name(kafka), instance, null, own);
                    }),
            work.settings(),
            () -> topicProvision.state() instanceof Provision.State.Done);
    work.metrics().watch(owners::all);
    return owners;
  }
}
