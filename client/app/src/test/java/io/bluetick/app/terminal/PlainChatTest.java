package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.delivery.ClientEvent;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlainChatTest {
  private final FakeDevice device = FakeDevice.withAnna();

  @Test
  void piped_lines_are_done_in_order_and_nothing_but_lines_comes_out() {
    device.hear("hello \u001b[2J");
    device.reaching(Tick.READ);
    String out =
        chat(
            """
            first
            /reply 1 second
            /edit better
            /react 1 👍
            /timer 1h
            /location 1 2 here
            /verify yes
            /older
            /search hello
            /what
            /delete
            """);
    assertThat(device.calls)
        .containsSubsequence(
            "read",
            "send first",
            "reply 1 second",
            "edit 3 better",
            "react 1 👍",
            "timer PT1H",
            "locate Place[latitude=1.0, longitude=2.0, label=here]",
            "verified true",
            "delete 3",
            "close");
    assertThat(out)
        .contains("[1] 12:01 anna: hello [2J")
        .contains("[2] 12:02 you: first")
        .contains("[2] ✓✓ read: first")
        .contains("↪ anna: “hello [2J”")
        .contains("there is no /what")
        .contains("▲ found: 1")
        .doesNotContain("\u001b");
  }

  @Test
  void files_are_sent_and_fetched() {
    device.hearFile(Attachment.newBuilder().setName("old.jpg").setSize(1_000).build());
    device.reaching(Tick.ACCEPTED);
    String out = chat("/file \"/tmp/my photo.jpg\" the sea\n/save 1\n/save 9\n");
    assertThat(device.calls)
        .containsSubsequence("file /tmp/my photo.jpg the sea false", "fetch 1", "close");
    assertThat(out).contains("saved: /saved/1", "there is no such message here");
  }

  @Test
  void small_files_are_fetched_by_themselves() {
    device.beginningWith(new ClientEvent.Online());
    Attachment small = Attachment.newBuilder().setName("a.jpg").setSize(1_000).build();
    Attachment large = small.toBuilder().setSize(1L << 30).build();
    Attachment once = small.toBuilder().setViewOnce(true).build();
    chat(() -> {
      device.hearFile(large);
      device.hearFile(once);
      device.hearFile(small);
      Awaitility.await().until(() -> device.calls.contains("fetch 3"));
    });
    assertThat(device.calls).contains("fetch 3").doesNotContain("fetch 1", "fetch 2");
  }

  @Test
  void quit_ends_it_before_the_pipe_does() {
    chat("/quit\nnever said\n");
    assertThat(device.calls).doesNotContain("send never said").contains("close");
  }

  /** While it is open. */
  private void chat(Runnable meanwhile) {
    new TerminalChat(Clock.systemUTC(), ZoneOffset.UTC)
        .plain(
            device,
            FakeDevice.ANNA,
            new BufferedReader(new StringReader("")),
            new PrintWriter(new StringWriter()),
            meanwhile);
    device.close();
  }

  private String chat(String typed) {
    StringWriter out = new StringWriter();
    new TerminalChat(Clock.systemUTC(), ZoneOffset.UTC)
        .plain(
            device,
            FakeDevice.ANNA,
            new BufferedReader(new StringReader(typed)),
            new PrintWriter(out),
            () ->
                Awaitility.await()
                    .until(() ->
                        device.newest(FakeDevice.ANNA, 9).stream()
                            .noneMatch(each -> each.tick() == Tick.WAITING)));
    device.close();
    return out.toString();
  }
}
