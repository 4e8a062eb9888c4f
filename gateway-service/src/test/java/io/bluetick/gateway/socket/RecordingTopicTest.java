package io.bluetick.gateway.socket;

import io.bluetick.gateway.topic.CommandTopicContract;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.List;

class RecordingTopicTest extends CommandTopicContract {
  private final RecordingTopic topic = new RecordingTopic();

  @Override
  protected CommandTopic topic() {
    return topic;
  }

  @Override
  protected List<MailboxCommand> durable(AccountId actor) {
    return topic.commands(command -> command.getActor().equals(actor.bytes()));
  }

  @Override
  protected void hold() {
    topic.goAway();
  }

  @Override
  protected void release() {
    topic.comeBack();
    topic.makeRoom();
  }

  @Override
  protected void fill() {
    topic.fill();
  }
}
