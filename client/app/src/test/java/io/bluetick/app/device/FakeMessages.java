package io.bluetick.app.device;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Text;
import io.bluetick.client.media.NewFile;

/** What fakes say. */
public final class FakeMessages {
  private FakeMessages() {}

  public static Content text(String text) {
    return Content.newBuilder().setText(Text.newBuilder().setText(text)).build();
  }

  static Content attachment(NewFile file) {
    return Content.newBuilder()
        .setAttachment(Attachment.newBuilder().setKind(file.kind()).setCaption(file.caption()))
        .build();
  }

  static Message with(
      Message message, String text, Tick tick, boolean isEdited, boolean isDeleted) {
    return new Message(
        message.id(),
        message.chat(),
        message.author(),
        message.contentId(),
        message.at(),
        text,
        tick,
        isEdited,
        isDeleted,
        message.content(),
        message.origin());
  }
}
