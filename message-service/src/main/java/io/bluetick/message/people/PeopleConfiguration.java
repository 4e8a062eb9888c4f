package io.bluetick.message.people;

import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses who knows groups and block lists: user-service, or nobody. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PeopleSettings.class)
class PeopleConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(PeopleConfiguration.class);

  @Bean
  @ConditionalOnExpression("!'${bluetick.people.url:}'.isEmpty()")
  HttpPeople httpPeople(PeopleSettings settings) {
    if (settings.secret().isEmpty()) {
      LOG.warn("event=no_internal_secret hint=set_BLUETICK_INTERNAL_SECRET");
    }
    return new HttpPeople(settings);
  }

  @Bean
  Groups groups(ObjectProvider<HttpPeople> service) {
    HttpPeople people = service.getIfAvailable();
    return people == null ? groups -> each(groups, Membership.NONE) : people::groups;
  }

  @Bean
  BlockLists blockLists(ObjectProvider<HttpPeople> service) {
    HttpPeople people = service.getIfAvailable();
    return people == null ? accounts -> each(accounts, Set.of()) : people::blockLists;
  }

  private static <T> CompletionStage<Map<AccountId, T>> each(Collection<AccountId> ids, T none) {
    return CompletableFuture.completedFuture(
        ids.stream().distinct().collect(Collectors.toMap(Function.identity(), _ -> none)));
  }
}
