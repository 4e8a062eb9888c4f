package io.bluetick.directory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What asking Redis ends with: an answer or one kind of failure. */
final class Answers {

  private Answers() {}

  static <T> CompletionStage<T> typed(CompletionStage<T> answer) {
    return answer.exceptionallyCompose(failure -> {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return CompletableFuture.failedFuture(
          cause instanceof DirectoryAwayException away ? away : new DirectoryAwayException(cause));
    });
  }
}
