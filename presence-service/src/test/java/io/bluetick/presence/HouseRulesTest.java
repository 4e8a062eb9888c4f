package io.bluetick.presence;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
