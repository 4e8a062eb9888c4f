package io.bluetick.gateway.socket;

import io.netty.util.internal.PlatformDependent;

/** How much of the memory outside the heap, where Netty's buffers lie, is in use. */
final class DirectMemory {

  private DirectMemory() {}

  /** Between 0 and 1; 0 when Netty does not count it. */
  static double usedShare() {
    long used = PlatformDependent.usedDirectMemory();
    return used < 0 ? 0 : (double) used / PlatformDependent.maxDirectMemory();
  }
}
