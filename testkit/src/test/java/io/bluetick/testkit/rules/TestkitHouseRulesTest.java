package io.bluetick.testkit.rules;

class TestkitHouseRulesTest implements HouseRules {}
