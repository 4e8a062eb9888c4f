package io.bluetick.platform.problem;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** Problem documents on whichever web stack the service has. Ahead of Boot's own error pages. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
      "org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration"
    })
@ConditionalOnWebApplication
public class ProblemAutoConfiguration {

  @Bean
  Problems problems(JsonMapper json, MeterRegistry meters) {
    return new Problems(json, meters);
  }

  /** The servlet stack. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Servlet {

    @Bean
    ServletProblems servletProblems(Problems problems) {
      return new ServletProblems(problems);
    }

    @Bean
    ErrorPage errorPage(ServletProblems problems) {
      return new ErrorPage(problems);
    }
  }

  /** Tomcat itself. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
  static class Tomcat {

    /** Last, so that our valve lies inside of Boot's and reports first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemValve(Problems problems) {
      return factory -> factory.addContextCustomizers(context -> install(context, problems));
    }

    private static void install(Context context, Problems problems) {
      Host host = (Host) context.getParent();
      host.getPipeline().addValve(new ProblemValve(problems));
      if (host instanceof StandardHost standard) {
        standard.setErrorReportValveClass(ProblemValve.class.getName());
      }
    }
  }

  /** The reactive stack. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class Reactive {

    /** Before Spring's own handlers, which know nothing of problem documents (the first has 0). */
    @Bean
    @Order(-2)
    ReactiveProblems reactiveProblems(Problems problems) {
      return new ReactiveProblems(problems);
    }
  }
}
