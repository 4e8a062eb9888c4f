package io.bluetick.message.people;

class PeopleForTestsTest extends PeopleContract {
  @Override
  Groups groups() {
    return known.groups();
  }

  @Override
  BlockLists blockLists() {
    return known.blockLists();
  }

  @Override
  void goAway() {
    known.away(true);
  }
}
