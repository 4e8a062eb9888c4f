package io.bluetick.app.command;

import io.bluetick.app.device.ProfileFolders;
import picocli.CommandLine;

/** Where {@code ./bluetick demo} begins. */
public final class DemoLauncher {

  private DemoLauncher() {}

  public static void main(String[] arguments) {
    int code = run(arguments);
    // The SDK's threads are no reason to stay.
    System.exit(code);
  }

  /** The same within another program; returns the exit code. */
  public static int run(String... arguments) {
    World world = World.real(System.in);
    return Launcher.handled(new CommandLine(new DemoCommand(world, ProfileFolders::new)))
        .execute(arguments);
  }
}
