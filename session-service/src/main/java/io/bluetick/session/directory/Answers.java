package io.bluetick.session.directory;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionDone;

/** The answers that are the same for many. */
final class Answers {
  static final SessionAnswer DONE =
      SessionAnswer.newBuilder().setDone(SessionDone.getDefaultInstance()).build();

  /** None yet: the list is read anew first. Leaves this service never. */
  static final SessionAnswer STALE = SessionAnswer.getDefaultInstance();

  private Answers() {}

  static SessionAnswer refused(ErrorCode code) {
    return SessionAnswer.newBuilder().setRefused(code.slug()).build();
  }

  static boolean isStale(SessionAnswer answer) {
    return answer.getAnswerCase() == SessionAnswer.AnswerCase.ANSWER_NOT_SET;
  }
}
