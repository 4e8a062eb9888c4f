package io.bluetick.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.bluetick.protocol.ErrorCode;

/** protocol is built before testkit and cannot adopt the rules itself. */
class ProtocolHouseRulesTest implements HouseRules {
  @Override
  public JavaClasses production() {
    return HouseRules.moduleOf(ErrorCode.class);
  }
}
