package io.bluetick.platform.json;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.swagger.v3.oas.models.media.StringSchema;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;

/** Ids and bytes in JSON, and in the document of the interface. */
@AutoConfiguration
public class WireJsonAutoConfiguration {

  @Bean
  JacksonModule wireJson() {
    return new WireJson();
  }

  /** Only where there is a document. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SpringDocUtils.class)
  static class Documented {
    static {
      SpringDocUtils.getConfig()
          .replaceWithSchema(ByteString.class, new StringSchema().format("byte"))
          .replaceWithSchema(AccountId.class, new StringSchema().pattern("^[0-9a-f]{32}$"));
    }
  }
}
