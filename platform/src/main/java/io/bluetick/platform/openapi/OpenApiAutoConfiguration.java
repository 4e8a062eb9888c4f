package io.bluetick.platform.openapi;

import io.bluetick.platform.problem.Problem;
import io.bluetick.platform.security.AdminCaller;
import io.bluetick.platform.security.TokenCaller;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The OpenAPI document at /v3/api-docs, made when first asked for. */
@AutoConfiguration
@ConditionalOnClass({OpenAPI.class, GlobalOpenApiCustomizer.class})
public class OpenApiAutoConfiguration {
  private static final String TOKEN = "token";

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(AdminCaller.class, TokenCaller.class);
  }

  @Bean
  static LazyDocument lazyDocument() {
    return new LazyDocument();
  }

  @Bean
  @Lazy
  RecordSchemas recordSchemas() {
    return new RecordSchemas();
  }

  /**
   * Made before any schema is.
   *
   * @param converters asked for because making it registers springdoc's converters and ours, and
   *     {@link LazyDocument} has put that off
   */
  @Bean
  @Lazy
  OpenAPI openApi(Environment environment, ModelConverterRegistrar converters) {
    Components components =
        new Components()
            .addSecuritySchemes(
                TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
    ModelConverters.getInstance(true)
        .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(true))
        .referencedSchemas
        .forEach(components::addSchemas);
    return new OpenAPI()
        .info(
            new Info()
                .title("Bluetick " + environment.getProperty("spring.application.name"))
                .version("v1"))
        .components(components)
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  /** One answer stands for every error of every operation; those that are described are like it. */
  @Bean
  @Lazy
  GlobalOpenApiCustomizer errorsAreProblems() {
    return document -> {
      if (document.getPaths() != null) {
        document.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .map(Operation::getResponses)
            .forEach(AnyError::addTo);
      }
    };
  }
}
