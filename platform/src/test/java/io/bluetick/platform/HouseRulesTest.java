package io.bluetick.platform;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
