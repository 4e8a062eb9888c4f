package io.bluetick.gateway;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
