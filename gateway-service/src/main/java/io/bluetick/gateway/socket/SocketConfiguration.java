package io.bluetick.gateway.socket;

import io.bluetick.gateway.GatewaySettings;
import io.bluetick.gateway.outbound.Neighbours;
import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.socket.SocketContext.Admission;
import io.bluetick.gateway.socket.SocketContext.Outside;
import io.bluetick.platform.kafka.CommandTopic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the sockets into the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SocketSettings.class, RestorationSettings.class})
class SocketConfiguration {

  @Bean
  Greeter greeter(SocketSettings settings) throws IOException {
    SecureRandom random = new SecureRandom();
    ServerKeys keys =
        settings.keys().isEmpty()
            ? ServerKeys.temporary(random)
            : ServerKeys.of(Path.of(settings.keys()), random);
    return new Greeter(keys, random, settings.maxOpening());
  }

  @Bean
  Outside outside(
      Sessions sessions,
      @Qualifier("mailboxTopic") CommandTopic mailbox,
      @Qualifier("presenceTopic") CommandTopic presence,
      Neighbours neighbours) {
    return new Outside(sessions, mailbox, presence, neighbours);
  }

  @Bean
  SocketGroup socketGroup(
      GatewaySettings gateway,
      SocketSettings settings,
      Clock clock,
      Outside outside,
      Greeter greeter,
      MeterRegistry meters) {
    SocketMetrics metrics = new SocketMetrics(meters);
    Openings openings = new Openings(settings.maxOpening(), settings.concurrentOpens());
    Rates rates = new Rates(settings);
    SocketContext context =
        new SocketContext(
            gateway.node(),
            settings,
            clock,
            outside,
            new Admission(greeter, openings, rates),
            new ClientFrames(outside.mailbox(), outside.presence(), rates, metrics),
            metrics);
    SocketGroup group = new SocketGroup(context);
    Gauge.builder("bluetick.socket.connections", group, SocketGroup::connections).register(meters);
    Gauge.builder("bluetick.socket.openings", openings, Openings::count).register(meters);
    return group;
  }

  @Bean
  Restoration restoration(SocketGroup sockets, RestorationSettings settings) {
    return new Restoration(sockets, settings);
  }

  @Bean
  Drain drain(SocketGroup sockets) {
    return new Drain(sockets);
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> sockets(SocketGroup sockets) {
    return factory -> factory.addServerCustomizers(server -> SocketUpgrade.into(server, sockets));
  }

  @Bean
  RouterFunction<ServerResponse> wellKnown(Greeter greeter) {
    return WellKnown.telling(greeter.published());
  }
}
