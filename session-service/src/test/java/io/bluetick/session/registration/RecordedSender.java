package io.bluetick.session.registration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it should send, and answers what a test wants. */
final class RecordedSender implements VerificationSender {
  private final Map<String, List<Code>> sent = new ConcurrentHashMap<>();
  private final Map<String, Outcome> answers = new ConcurrentHashMap<>();

  @Override
  public Outcome send(Code code) {
    String number = code.number().e164();
    sent.computeIfAbsent(number, _ -> new CopyOnWriteArrayList<>()).add(code);
    return answers.getOrDefault(number, new Outcome.Sent());
  }

  /** From now on, for this number. */
  void answer(String number, Outcome outcome) {
    answers.put(number, outcome);
  }

  List<Code> sentTo(String number) {
    return sent.getOrDefault(number, List.of());
  }

  /** The newest of a session. */
  String lastDigits(String number, String session) {
    return sentTo(number).stream()
        .filter(code -> code.session().hex().equals(session))
        .toList()
        .getLast()
        .digits();
  }
}
