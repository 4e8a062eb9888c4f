package io.bluetick.media;

import io.bluetick.testkit.rules.HouseRules;

class HouseRulesTest implements HouseRules {}
