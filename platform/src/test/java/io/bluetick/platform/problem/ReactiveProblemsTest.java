package io.bluetick.platform.problem;

import io.bluetick.testkit.service.TestTokens;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest(
    classes = SampleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.main.web-application-type=reactive")
@Import(TestTokens.class)
class ReactiveProblemsTest implements ProblemContract {}
