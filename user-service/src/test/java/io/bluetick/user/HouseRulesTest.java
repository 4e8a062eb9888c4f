package io.bluetick.user;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
