package io.bluetick.app.command;

import java.io.Console;
import java.util.Optional;

/** Asks a person; empty if there is none, or they would not say. */
interface Asking {

  /** Whether somebody sits at a terminal, both to read and to type. */
  boolean isPersonThere();

  Optional<String> line(String prompt);

  /** Without showing what is typed. */
  Optional<char[]> secret(String prompt);

  /** By the terminal that this process runs in. */
  static Asking terminal() {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return new Asking() {
      @Override
      public boolean isPersonThere() {
        return console.isPresent();
      }

      @Override
      public Optional<String> line(String prompt) {
        return console.map(terminal -> terminal.readLine("%s", prompt));
      }

      @Override
      public Optional<char[]> secret(String prompt) {
        return console.map(terminal -> terminal.readPassword("%s", prompt));
      }
    };
  }
}
