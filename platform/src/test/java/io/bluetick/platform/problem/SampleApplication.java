package io.bluetick.platform.problem;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A service that fails in every way, on either stack. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SampleApplication.Endpoint.class)
class SampleApplication {

  record Order(@NotBlank String name, @Min(1) int count) {}

  @RestController
  static class Endpoint {

    @GetMapping("/known")
    String known() {
      throw new BluetickException(ErrorCode.CONFLICT, "The name is taken.");
    }

    @GetMapping("/unexpected")
    String unexpected() {
      throw new IllegalStateException("the password is hunter2");
    }

    @GetMapping("/number/{number}")
    int number(@PathVariable int number) {
      return number;
    }

    @PostMapping("/orders")
    Order order(@Valid @RequestBody Order order) {
      return order;
    }
  }
}
