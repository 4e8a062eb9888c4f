package io.bluetick.client.chat;

import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;

/** What a content looks like where only text can be shown, and what searches find it by. */
final class Texts {
  private Texts() {}

  static String of(Content content) {
    return switch (content.getBodyCase()) {
      case TEXT -> content.getText().getText();
      case ATTACHMENT -> attachment(content.getAttachment());
      case POLL ->
          "[poll] "
              + content.getPoll().getQuestion()
              + " "
              + String.join(" / ", content.getPoll().getOptionsList());
      case LOCATION ->
          "[location] %s %.5f, %.5f"
              .formatted(
                  content.getLocation().getLabel(),
                  content.getLocation().getLatitude(),
                  content.getLocation().getLongitude());
      case CONTACT ->
          "[contact] " + content.getContact().getName() + " " + content.getContact().getNumber();
      case EDIT, DELETE, REACTION, TIMER, VOTE, REPEAT, SEEN, SENDER_KEY -> "";
      case BODY_NOT_SET -> "[a message of a kind that this version does not know]";
    };
  }

  private static String attachment(Attachment attachment) {
    String kind =
        switch (attachment.getKind()) {
          case IMAGE -> "image";
          case VIDEO -> "video";
          case VOICE_NOTE -> "voice note";
          case FILE, UNRECOGNIZED -> "file";
        };
    return "[" + kind + "] " + attachment.getName() + " " + attachment.getCaption();
  }
}
