package io.bluetick.testkit.rules.examples.bad.devstack;

import io.bluetick.testkit.rules.examples.bad.session.token.Tokens;
import java.util.logging.Logger;

record Printer(Tokens tokens) {
  void print() {
    System.out.println(tokens);
    Logger.getLogger("printer").info("printed");
  }

  void fail(Exception failure) {
    failure.printStackTrace();
  }
}
