package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/wire.md speaks of codes that exist, closes with theirs, and leaves none out.
 */
class WireDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| .+ \\| `([a-z-]+)` \\| (?:(\\d{4}).*|–) \\|$", Pattern.MULTILINE);

  /** Only ever said by REST. */
  private static final Set<ErrorCode> OF_REST =
      Set.of(
          ErrorCode.FORBIDDEN,
          ErrorCode.NOT_FOUND,
          ErrorCode.METHOD_NOT_ALLOWED,
          ErrorCode.NOT_ACCEPTABLE,
          ErrorCode.CONFLICT,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          ErrorCode.TIMED_OUT,
          ErrorCode.TOKEN_REUSED,
          ErrorCode.STALE_LIST,
          ErrorCode.EXPIRED,
          ErrorCode.WRONG_CODE,
          ErrorCode.WRONG_PIN,
          ErrorCode.BAD_SIGNATURE,
          ErrorCode.PIN_REQUIRED);

  @Test
  void every_code_of_the_sockets_is_in_the_table_with_its_close_code() throws IOException {
    Path document = Path.of(System.getProperty("bluetick.root")).resolve("docs/wire.md");
    List<MatchResult> rows = ROW.matcher(Files.readString(document)).results().toList();
    for (MatchResult row : rows) {
      ErrorCode code = bySlug(row.group(1));
      Optional.ofNullable(row.group(2))
          .ifPresent(closed -> assertThat(closed).isEqualTo(Integer.toString(code.closeCode())));
    }
    Set<ErrorCode> told =
        rows.stream().map(row -> bySlug(row.group(1))).collect(Collectors.toSet());
    assertThat(Arrays.stream(ErrorCode.values()).filter(code -> !OF_REST.contains(code)))
        .containsExactlyInAnyOrderElementsOf(told);
  }

  private static ErrorCode bySlug(String slug) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.slug().equals(slug))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no code " + slug));
  }
}
