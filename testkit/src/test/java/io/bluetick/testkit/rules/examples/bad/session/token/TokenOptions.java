package io.bluetick.testkit.rules.examples.bad.session.token;

import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("token")
class TokenOptions {}
