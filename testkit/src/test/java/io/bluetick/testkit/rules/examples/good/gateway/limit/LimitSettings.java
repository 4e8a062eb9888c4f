package io.bluetick.testkit.rules.examples.good.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

@Validated
@ConfigurationProperties("limit")
record LimitSettings(int perSecond) {}
