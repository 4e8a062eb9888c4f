package io.bluetick.gateway.docs;

import io.bluetick.gateway.edge.UpstreamClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document at /v3/api-docs, for who has a token, and the page at /docs. The page is open: it is
 * a shell without contents that asks for a token and keeps it in its memory only.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocsSettings.class)
class DocsConfiguration {
  private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
  private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");
  private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");
  private static final Duration FILES_VALID = Duration.ofHours(1);

  @Bean
  ServiceDocuments serviceDocuments(UpstreamClient client, DocsSettings settings, JsonMapper json) {
    return new ServiceDocuments(client, settings, json);
  }

  @Bean
  RouterFunction<ServerResponse> docs(ServiceDocuments documents) {
    return RouterFunctions.route()
        .GET(
            "/v3/api-docs",
            request ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(
                        documents.common(
                            String.valueOf(
                                request.headers().firstHeader(HttpHeaders.AUTHORIZATION))),
                        String.class))
        .GET("/docs", file(PAGE, own("docs.html")))
        .GET("/docs/docs.css", file(STYLE, own("docs.css")))
        .GET("/docs/docs.js", file(SCRIPT, own("docs.js")))
        .GET("/docs/swagger-ui.css", file(STYLE, swagger("swagger-ui.css")))
        .GET("/docs/swagger-ui-bundle.js", file(SCRIPT, swagger("swagger-ui-bundle.js")))
        .build();
  }

  private static HandlerFunction<ServerResponse> file(MediaType type, Resource file) {
    return _ ->
        ServerResponse.ok()
            .contentType(type)
            .cacheControl(CacheControl.maxAge(FILES_VALID).cachePublic())
            .bodyValue(file);
  }

  private static Resource own(String name) {
    return new ClassPathResource(name, DocsConfiguration.class);
  }

  /** The jar's folder is named by its version, which it tells. */
  private static Resource swagger(String name) {
    try {
      Properties jar =
          PropertiesLoaderUtils.loadAllProperties(
              "META-INF/maven/org.webjars/swagger-ui/pom.properties");
      return new ClassPathResource(
          "META-INF/resources/webjars/swagger-ui/" + jar.getProperty("version") + "/" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
