package io.bluetick.directory;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
