package io.bluetick.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PomChecksTest {
  private static final String POM =
      """
      <project>
        <parent>
          <version>0.1.0</version>
        </parent>
        <properties>
          <own.version>%s</own.version>
        </properties>
        <dependencies>
          <dependency>
            <version>%s</version>
          </dependency>
        </dependencies>
      </project>
      """;

  @Test
  void version_in_a_child_pom_is_found() {
    assertThat(PomChecks.versions(new TextFile("user-service/pom.xml", POM.formatted("1", "2"))))
        .hasToString(
            "[user-service/pom.xml:6 sets version 1: the root pom does that, "
                + "user-service/pom.xml:10 sets version 2: the root pom does that]");
  }

  @Test
  void reference_to_a_version_of_the_root_passes() {
    String pom = POM.formatted("${kafka.version}", "${kafka.version}");
    assertThat(PomChecks.versions(new TextFile("user-service/pom.xml", pom))).isEmpty();
  }

  @Test
  void root_pom_sets_versions() {
    assertThat(PomChecks.versions(new TextFile("pom.xml", POM.formatted("1", "2")))).isEmpty();
  }

  @Test
  void pom_that_is_no_xml_is_found() {
    assertThat(PomChecks.versions(new TextFile("a/pom.xml", "<project>")))
        .singleElement()
        .asString()
        .contains("is no XML");
  }
}
