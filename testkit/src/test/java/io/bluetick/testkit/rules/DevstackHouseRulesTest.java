package io.bluetick.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.bluetick.devstack.Backend;

/** devstack is built before testkit and cannot adopt the rules itself. */
class DevstackHouseRulesTest implements HouseRules {
  @Override
  public JavaClasses production() {
    return HouseRules.moduleOf(Backend.class);
  }
}
