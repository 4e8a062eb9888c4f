package io.bluetick.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CqlScriptTest {

  @Test
  void statements_end_at_semicolons() {
    assertThat(split("USE a; USE b;\n\n;USE c")).containsExactly("USE a", "USE b", "USE c");
  }

  @Test
  void semicolons_in_strings_names_and_comments_do_not_count() {
    assertThat(split("INSERT 'it''s; one'; SELECT \"a;b\"; -- no; more\n/* nor; here */ USE c"))
        .containsExactly("INSERT 'it''s; one'", "SELECT \"a;b\"", "USE c");
    assertThat(split("INSERT $$a; 'b$$; // end; of it")).containsExactly("INSERT $$a; 'b$$");
  }

  @Test
  void what_is_not_closed_is_an_error() {
    assertThatThrownBy(() -> split("INSERT 'a")).hasMessageContaining("not closed: 'a");
    assertThatThrownBy(() -> split("/* a")).hasMessageContaining("not closed");
  }

  @Test
  void a_file_must_be_named_like_a_step_and_hold_something() {
    assertThatThrownBy(() -> CqlMigration.of("1.cql", "USE a"))
        .hasMessageContaining("is not named like V001__what_it_does.cql");
    assertThatThrownBy(() -> CqlMigration.of("V001__nothing.cql", "-- nothing"))
        .hasMessageContaining("holds no statement");
  }

  @Test
  void versions_are_unique_and_new_ones_come_last() {
    CqlMigration one = CqlMigration.of("V001__one.cql", "USE a");
    CqlMigration other = CqlMigration.of("V001__other.cql", "USE b");
    CqlMigration three = CqlMigration.of("V003__three.cql", "USE c");
    assertThatThrownBy(() -> CqlHistory.pending(List.of(one, other), java.util.Map.of()))
        .hasMessageContaining("have the same version");
    assertThatThrownBy(
            () -> CqlHistory.pending(List.of(one, three), java.util.Map.of(3, three.checksum())))
        .hasMessageContaining("comes before V003");
    assertThat(CqlHistory.pending(List.of(three, one), java.util.Map.of(1, one.checksum())))
        .containsExactly(three);
  }

  private static List<String> split(String text) {
    return CqlScript.statements(text);
  }
}
