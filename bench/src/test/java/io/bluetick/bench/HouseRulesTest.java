package io.bluetick.bench;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
