package io.bluetick.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.testkit.service.TestTokens;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest(
    classes = SampleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.main.web-application-type=servlet")
@Import(TestTokens.class)
class ServletProblemsTest implements ProblemContract {

  /** No client library sends these: a broken request line, and a header of 40,000 bytes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 40_000})
  void what_tomcat_itself_refuses_is_a_problem_too(
      int headerBytes, @Value("${local.server.port}") int port) throws Exception {
    String request =
        headerBytes == 0
            ? "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            : "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "a".repeat(headerBytes) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json", "urn:bluetick:error:bad-request")
          .doesNotContain("<html", "Tomcat");
    }
  }
}
