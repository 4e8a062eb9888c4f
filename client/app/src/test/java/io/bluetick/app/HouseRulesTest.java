package io.bluetick.app;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
