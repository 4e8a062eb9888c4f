package io.bluetick.session;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
