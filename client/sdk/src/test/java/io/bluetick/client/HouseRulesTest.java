package io.bluetick.client;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
