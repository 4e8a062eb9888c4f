package io.bluetick.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

  @TempDir Path folder;

  /** Guards all checks: over no files, each of them would pass. */
  @Test
  void this_build_is_found_with_its_files() throws IOException {
    assertThat(Repository.ofThisBuild().paths())
        .contains("pom.xml", "protocol/pom.xml", "testkit/pom.xml")
        .noneMatch(path -> path.contains("target/"));
  }

  @Test
  void without_git_all_but_built_files_are_listed() throws IOException {
    write("pom.xml", "<project/>\n");
    write("a/target/classes/A.class", "built");
    write(".bluetick/kafka/log", "data");
    assertThat(new Repository(folder).paths()).containsExactly("pom.xml");
  }

  @Test
  void all_violations_are_reported_at_once_and_in_order() throws IOException {
    write("b.yaml", "a:\tTODO");
    write("README.md", "[x](none.md)\n");
    write("picture.png", "TODO\0");
    assertThat(Tidiness.violationsIn(new Repository(folder)))
        .extracting(Violation::toString)
        .contains("README.md:1 links to nothing: none.md")
        .endsWith(
            "b.yaml:1 does not end with a newline", "b.yaml:1 holds a tab", "b.yaml:1 says 'TODO'");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
