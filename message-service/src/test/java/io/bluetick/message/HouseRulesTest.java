package io.bluetick.message;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
