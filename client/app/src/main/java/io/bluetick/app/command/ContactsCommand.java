package io.bluetick.app.command;

import io.bluetick.app.device.Link;
import io.bluetick.app.output.Names;
import io.bluetick.app.output.Plain;
import io.bluetick.client.chat.Contact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Your own names for others. They never leave this profile. */
@Command(
    name = "contacts",
    description = "Your own names for others; they never leave this profile.",
    synopsisSubcommandLabel = "(add | list)")
final class ContactsCommand implements Callable<Integer> {
  private final App app;

  ContactsCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    throw app.wrong("contacts add NAME ACCOUNT, or contacts list");
  }

  /** Gives somebody a name. */
  @Command(
      name = "add",
      description = "Give an account a name, or another one.",
      footerHeading = "%nExample:%n",
      footer = "  ./bluetick chat contacts add anna 00112233445566778899aabbccddeeff")
  static final class Add implements Callable<Integer> {
    private static final int NAME_LIMIT = 100;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ACCOUNT", description = "32 hexadecimal digits")
    private String account = "";

    private final App app;

    Add(App app) {
      this.app = app;
    }

    @Override
    public Integer call() {
      String clean = Plain.line(name);
      if (clean.isEmpty() || clean.length() > NAME_LIMIT || Names.isId(clean)) {
        throw app.wrong("a name has 1 to " + NAME_LIMIT + " letters, and is no account");
      }
      if (!Names.isId(account)) {
        throw app.wrong("an account is 32 hexadecimal digits; ./bluetick chat info shows yours");
      }
      Contact contact = new Contact(Names.id(account), clean, Optional.empty());
      return app.registered(device -> {
        try (Link link = device.connect(_ -> {})) {
          if (!Waiting.done(link.name(contact))) {
            throw new AppFailure(
                ExitCode.FAILED, "somebody else is called \"" + clean + "\" already");
          }
        }
        app.output().result(clean + " is " + contact.account(), fields(contact));
        return 0;
      });
    }
  }

  /** All names. */
  @Command(name = "list", description = "All contacts by name.")
  static final class ListAll implements Callable<Integer> {
    private final App app;

    ListAll(App app) {
      this.app = app;
    }

    @Override
    public Integer call() {
      return app.registered(device -> {
        Output output = app.output();
        device
            .contacts()
            .forEach(contact ->
                output.result(
                    contact.account() + "  " + Plain.line(contact.name()), fields(contact)));
        return 0;
      });
    }
  }

  private static Map<String, @Nullable Object> fields(Contact contact) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", contact.name());
    fields.put("account", contact.account());
    fields.put("number", contact.number().orElse(null));
    return fields;
  }
}
